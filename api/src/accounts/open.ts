import { complain } from "../base/complaints.ts";
import type { Ctx } from "../base/ctx.ts";
import { isTaken, transaction } from "../base/db.ts";
import { emit } from "../base/events.ts";
import type { Account } from "./account.ts";
import { faultOfName } from "./names.ts";
import { accountById, insertAccount, isFormerUsername, newId } from "./store.ts";

/**
 * Opens a local account. The database's key decides who gets a name when two ask at once. `locale` is the
 * language of the complaint.
 */
export async function openAccount(ctx: Ctx, username: string, locale?: string): Promise<Account> {
  const fault = faultOfName(username);
  if (fault) throw complain({ username: fault }, locale);
  const createdAt = ctx.now();
  const { baseUrl } = ctx.config;
  return await transaction(ctx, async (ctx) => {
    const id = await newId(ctx.db, createdAt);
    const url = `${baseUrl}/@${username}`;
    await insertAccount(ctx.db, {
      ...{ id, username, url, createdAt },
      domain: null,
      uri: `${baseUrl}/ap/actors/${id}`,
      kind: "person",
    });
    // Looked up afterwards: whoever gave this name up while we waited for the key has committed by now.
    if (await isFormerUsername(ctx.db, username)) throw complain({ username: "ERR_TAKEN" }, locale);
    await emit(ctx, "account.opened", { accountId: id });
    return (await accountById(ctx.db, id))!;
  }).catch((error) => {
    throw isTaken(error, "accounts_handle") ? complain({ username: "ERR_TAKEN" }, locale) : error;
  });
}
