import { type Account, isLocal } from "../accounts/account.ts";
import { newId } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Forbidden, NotFound } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { countFollow, deleteFollow, insertFollow, updateFollow } from "./follow_store.ts";
import type { Following } from "./relationship.ts";
import { isBlockBetween, lockPair } from "./store.ts";

/**
 * `who` follows `whom`, or asks to where that is for `whom` (or their server) to decide. Whoever follows or
 * has asked already changes only what they wish to see.
 */
export async function follow(
  ctx: Ctx,
  who: Account,
  whom: Account,
  wish: Partial<Following> = {},
): Promise<void> {
  if (who.id === whom.id) throw new Forbidden();
  if (whom.suspendedAt) throw new NotFound();

  await transaction(ctx, async (ctx) => {
    await lockPair(ctx.db, who.id, whom.id);
    if (await isBlockBetween(ctx.db, who.id, whom.id)) throw new Forbidden();
    const pair = { followerId: who.id, accountId: whom.id };
    if (await updateFollow(ctx.db, "follows", who.id, whom.id, wish)) {
      return isLocal(who) ? undefined : await emit(ctx, "follow.repeated", pair);
    }
    if (await updateFollow(ctx.db, "follow_requests", who.id, whom.id, wish)) return;
    if (isLocal(whom) && !whom.isLocked) return await beginFollow(ctx, who.id, whom.id, wish);
    const uri = wish.uri ?? (isLocal(whom) ? null : await newFollowUri(ctx, who));
    await insertFollow(ctx.db, "follow_requests", who.id, whom.id, { ...wish, uri });
    await emit(ctx, "follow.requested", pair);
  });
}

/** Never the same twice: servers remember what they have answered. */
async function newFollowUri(ctx: Ctx, who: Account): Promise<string> {
  return `${who.uri}#follows/${await newId(ctx.db, ctx.now())}`;
}

/** A follow that nothing stands in the way of. The caller has locked the pair. */
export async function beginFollow(
  ctx: Ctx,
  followerId: string,
  accountId: string,
  wish: Partial<Following>,
): Promise<void> {
  if (!await insertFollow(ctx.db, "follows", followerId, accountId, wish)) return;
  await countFollow(ctx.db, followerId, accountId, 1);
  await emit(ctx, "follow.accepted", { followerId, accountId });
}

/** `who` no longer follows `whom`, nor asks to. */
export async function unfollow(ctx: Ctx, who: Account, whom: Account): Promise<void> {
  await transaction(ctx, async (ctx) => {
    await lockPair(ctx.db, who.id, whom.id);
    const ended = await endFollow(ctx, who.id, whom.id);
    if (ended) await emit(ctx, "follow.ended", { followerId: who.id, accountId: whom.id, uri: ended.uri });
  });
}

/** `who` no longer wants `follower` among their followers, nor among those who ask to be. */
export async function removeFollower(ctx: Ctx, who: Account, follower: Account): Promise<void> {
  await transaction(ctx, async (ctx) => {
    await lockPair(ctx.db, who.id, follower.id);
    const ended = await endFollow(ctx, follower.id, who.id);
    if (ended) {
      await emit(ctx, "follow.rejected", { followerId: follower.id, accountId: who.id, uri: ended.uri });
    }
  });
}

/** Ends a follow or the request for it, and answers what there was. The caller has locked the pair. */
export async function endFollow(
  ctx: Ctx,
  followerId: string,
  accountId: string,
): Promise<Following | undefined> {
  const followed = await deleteFollow(ctx.db, "follows", followerId, accountId);
  if (followed) await countFollow(ctx.db, followerId, accountId, -1);
  const requested = await deleteFollow(ctx.db, "follow_requests", followerId, accountId);
  return followed ?? requested;
}
