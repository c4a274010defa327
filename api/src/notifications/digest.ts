import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Gone } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { timingSafeEqual } from "../base/secrets.ts";
import { notify } from "../auth/notices.ts";
import { takeDigestsDue, updateDigest } from "./digest_store.ts";

/** What a digest tells of, and how far apart two are. */
export const digestSpan = { hours: 7 * 24 };

/** So many at once keep no row locked for long. */
const batch = 200;

/** A member wants a mail each week, or no more of them. */
export async function chooseDigest(ctx: Ctx, accountId: string, wants: boolean): Promise<void> {
  await updateDigest(ctx.db, accountId, wants, ctx.now());
}

/** Has this week's mail written to all whose last one is a week old. */
export async function writeDigests(ctx: Ctx): Promise<void> {
  const at = ctx.now();
  for (let taken = batch; taken === batch;) {
    taken = await transaction(ctx, async (ctx) => {
      const due = await takeDigestsDue(ctx.db, { before: at.subtract(digestSpan), at, limit: batch });
      for (const member of due) await notify(ctx, member, "digest", {});
      return due.length;
    });
  }
}

/** What the link at the end of a digest proves: that whoever follows it has got one. It works for good. */
export function digestToken({ secrets }: Ctx, accountId: string): string {
  return `${accountId}-${secrets.mac(accountId, "digest")}`;
}

/** Whose digest this link ends. Throws `Gone` where it is not one of ours. */
export function holderOfDigest(ctx: Ctx, token: string): string {
  const [accountId = ""] = token.split("-");
  if (!isId(accountId) || !timingSafeEqual(token, digestToken(ctx, accountId))) throw new Gone();
  return accountId;
}
