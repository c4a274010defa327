import type { Ctx } from "../base/ctx.ts";
import { hashToken, randomToken } from "../base/secrets.ts";
import { insertLink } from "./link_store.ts";
import type { Member } from "./member.ts";

/** For how long a link in a mail works, counted from when the mail goes out. */
const lasts = { confirm: { hours: 7 * 24 }, reset: { minutes: 60 } };

/**
 * A link that works once, for the mail that is just being sent to `email`. It exists in that mail alone: we keep the
 * hash of its token.
 */
export async function makeLink(
  ctx: Ctx,
  purpose: "confirm" | "reset",
  { accountId }: Member,
  email: string,
): Promise<string> {
  const token = randomToken(ctx.random);
  const createdAt = ctx.now();
  const expiresAt = createdAt.add(lasts[purpose]);
  await insertLink(ctx.db, { tokenHash: hashToken(token), purpose, accountId, email, createdAt, expiresAt });
  return `${ctx.config.baseUrl}/auth/${purpose}/${token}`;
}
