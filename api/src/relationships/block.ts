import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Forbidden } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { deleteBlock, insertBlock } from "./block_store.ts";
import { endFollow } from "./follow.ts";
import { lockPair } from "./store.ts";

/**
 * `who` wants nothing to do with `whom`: the follows between them end, both ways, and so do the requests. `uri` is
 * what their server calls it.
 */
export async function block(
  ctx: Ctx,
  who: Account,
  whom: Account,
  { uri = null }: { uri?: string | null } = {},
): Promise<void> {
  if (who.id === whom.id) throw new Forbidden();

  await transaction(ctx, async (ctx) => {
    await lockPair(ctx.db, who.id, whom.id);
    if (!await insertBlock(ctx.db, who.id, whom.id, uri)) return;
    const mine = await endFollow(ctx, who.id, whom.id);
    if (mine) await emit(ctx, "follow.ended", { followerId: who.id, accountId: whom.id, uri: mine.uri });
    const theirs = await endFollow(ctx, whom.id, who.id);
    if (theirs) {
      await emit(ctx, "follow.rejected", { followerId: whom.id, accountId: who.id, uri: theirs.uri });
    }
    await emit(ctx, "account.blocked", { blockerId: who.id, accountId: whom.id });
  });
}

export async function unblock(ctx: Ctx, who: Account, whom: Account): Promise<void> {
  await transaction(ctx, async (ctx) => {
    if (!await deleteBlock(ctx.db, who.id, whom.id)) return;
    await emit(ctx, "account.unblocked", { blockerId: who.id, accountId: whom.id });
  });
}
