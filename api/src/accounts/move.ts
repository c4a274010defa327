import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Invalid } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { type Account, handleOf } from "./account.ts";
import { aliasesOf, deleteAlias, insertAlias, updateMovedTo } from "./move_store.ts";

/**
 * `account` lives on as `target`, and its followers go along. The new account has to say first that the old one
 * is its owner's, or anybody could send their followers to somebody else. Told again, it is told again.
 */
export async function moveAccount(ctx: Ctx, account: Account, target: Account): Promise<void> {
  const [from, to] = [handleOf(account), handleOf(target)];
  if (account.id === target.id) throw new Invalid("An account can't move to itself");
  if (target.suspendedAt || target.movedToId) throw new Invalid(`@${to} is not in use`);
  if (!(await aliasesOf(ctx.db, target.id)).includes(account.uri)) {
    throw new Invalid(`@${to} does not say that @${from} is theirs, too: add that alias over there first`);
  }
  await transaction(ctx, async (ctx) => {
    await updateMovedTo(ctx.db, account.id, target.id);
    await emit(ctx, "account.moved", { accountId: account.id, targetId: target.id });
  });
}

/** An account that had moved away is used again. Its followers stay where they have gone. */
export async function comeBack(ctx: Ctx, account: Account): Promise<void> {
  if (!account.movedToId) throw new Invalid(`@${handleOf(account)} has not moved`);
  await transaction(ctx, async (ctx) => {
    await updateMovedTo(ctx.db, account.id, null);
    await emit(ctx, "account.changed", { accountId: account.id });
  });
}

/** `account` says that `other` is its owner's, too: from there somebody may then move here. */
export async function addAlias(ctx: Ctx, account: Account, other: Account): Promise<void> {
  if (account.id === other.id) throw new Invalid("That is the same account");
  await transaction(ctx, async (ctx) => {
    if (!await insertAlias(ctx.db, account.id, other.uri)) return;
    await emit(ctx, "account.changed", { accountId: account.id });
  });
}

export async function removeAlias(ctx: Ctx, account: Account, other: Account): Promise<void> {
  await transaction(ctx, async (ctx) => {
    if (!await deleteAlias(ctx.db, account.id, other.uri)) return;
    await emit(ctx, "account.changed", { accountId: account.id });
  });
}
