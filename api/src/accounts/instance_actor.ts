import type { Ctx } from "../base/ctx.ts";
import { isTaken } from "../base/db.ts";
import type { Account } from "./account.ts";
import { accountByUri, insertAccount, newId } from "./store.ts";

/** No member can take a name with a dot in it. */
export const instanceActorName = "instance.actor";

/**
 * The account that is nobody: it signs what the server itself fetches and reports, so that no member is
 * exposed by it. Made when it is first needed; the database keeps one.
 */
export async function instanceActor(ctx: Ctx): Promise<Account> {
  const uri = `${ctx.config.baseUrl}/ap/actor`;
  const known = await accountByUri(ctx.db, uri);
  if (known) return known;
  const createdAt = ctx.now();
  await insertAccount(ctx.db, {
    id: await newId(ctx.db, createdAt),
    username: instanceActorName,
    domain: null,
    uri,
    url: `${ctx.config.baseUrl}/about`,
    kind: "application",
    createdAt,
  }).catch((error) => {
    if (!isTaken(error)) throw error; // another process was faster
  });
  return (await accountByUri(ctx.db, uri))!;
}
