import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Invalid, NotFound } from "../base/errors.ts";
import type { List } from "./list.ts";
import { countListable, insertMembers } from "./store.ts";

/** Puts accounts on `owner`'s list: all of them or, if one is not followed or is there already, none. */
export async function addMembers(
  ctx: Ctx,
  owner: Account,
  list: List,
  ids: readonly string[],
): Promise<void> {
  const added = [...new Set(ids)];
  if (await countListable(ctx.db, owner.id, added) < added.length) throw new NotFound();

  await transaction(ctx, async (ctx) => {
    if (await insertMembers(ctx.db, list.id, added) === added.length) return;
    throw new Invalid("Validation failed: Account has already been taken");
  });
}
