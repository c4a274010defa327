import { complain } from "../base/complaints.ts";
import type { Ctx } from "../base/ctx.ts";
import { isTaken, transaction } from "../base/db.ts";
import { Forbidden } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { type Account, isLocal } from "./account.ts";
import { faultOfName } from "./names.ts";
import { accountById, releaseUsername, reserveUsername, updateUsername } from "./store.ts";

/**
 * Gives a local account another name. Its URI stays, so nobody loses a follower; the old name leads to it
 * for good, and it alone may take that name again. `locale` is the language of the complaint.
 */
export async function renameAccount(
  ctx: Ctx,
  account: Account,
  username: string,
  locale?: string,
): Promise<Account> {
  if (!isLocal(account)) throw new Forbidden();
  const fault = faultOfName(username);
  if (fault) throw complain({ username: fault }, locale);

  return await transaction(ctx, async (ctx) => {
    const url = `${ctx.config.baseUrl}/@${username}`;
    const before = await updateUsername(ctx.db, account.id, username, url);
    // Looked up afterwards: whoever gave this name up while we waited for the key has committed by now.
    if (!await releaseUsername(ctx.db, username, account.id)) {
      throw complain({ username: "ERR_TAKEN" }, locale);
    }
    if (before.toLowerCase() !== username.toLowerCase()) {
      await reserveUsername(ctx.db, before, account.id);
    }
    await emit(ctx, "account.changed", { accountId: account.id });
    return (await accountById(ctx.db, account.id))!;
  }).catch((error) => {
    throw isTaken(error, "accounts_handle") ? complain({ username: "ERR_TAKEN" }, locale) : error;
  });
}
