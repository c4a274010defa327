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
    await partWays(ctx, who.id, whom.id);
    await emit(ctx, "account.blocked", { blockerId: who.id, accountId: whom.id });
  });
}

export async function unblock(ctx: Ctx, who: Account, whom: Account): Promise<void> {
  await transaction(ctx, async (ctx) => {
    if (!await deleteBlock(ctx.db, who.id, whom.id)) return;
    await emit(ctx, "account.unblocked", { blockerId: who.id, accountId: whom.id });
  });
}

/** Ends every follow and request between the two, as `whoId` wishes. The caller has locked the pair. */
export async function partWays(ctx: Ctx, whoId: string, whomId: string): Promise<void> {
  const mine = await endFollow(ctx, whoId, whomId);
  if (mine) await emit(ctx, "follow.ended", { followerId: whoId, accountId: whomId, uri: mine.uri });
  const theirs = await endFollow(ctx, whomId, whoId);
  if (theirs) await emit(ctx, "follow.rejected", { followerId: whomId, accountId: whoId, uri: theirs.uri });
}
