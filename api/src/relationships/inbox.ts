import type { Accept, Block, Follow, Reject, Undo } from "@fedify/vocab";
import type { Account } from "../accounts/account.ts";
import { fetchAccount } from "../accounts/remote.ts";
import { ourAccountAt } from "../accounts/seen.ts";
import { accountById, accountByUri } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { Forbidden, NotFound } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { nothingFetched } from "../base/loosely.ts";
import { enclosedObject } from "../delivery/authority.ts";
import { block, unblock } from "./block.ts";
import { blockedByUri } from "./block_store.ts";
import { follow, removeFollower, unfollow } from "./follow.ts";
import { followedByUri, followerByUri } from "./follow_store.ts";
import { authorizeRequest } from "./requests.ts";

/** How people elsewhere stand to ours, as they say themselves. Each may speak only for its own actor. */

/** Somebody would like to follow one of ours. Where they may not, their server hears of it. */
export async function onFollow(ctx: Ctx, activity: Follow): Promise<void> {
  const whom = await ourAccountAt(ctx, activity.objectId);
  const who = await fetchAccount(ctx, activity.actorId!);
  const uri = activity.id?.href ?? null;
  try {
    await follow(ctx, who, whom, { uri });
  } catch (error) {
    if (!(error instanceof Forbidden)) throw error;
    await emit(ctx, "follow.rejected", { followerId: who.id, accountId: whom.id, uri });
  }
}

/** Somebody lets one of ours follow them. */
export async function onAccept(ctx: Ctx, accept: Accept): Promise<void> {
  const { whom, follower } = await answered(ctx, accept);
  await authorizeRequest(ctx, whom, follower.id);
}

/** Somebody does not let one of ours follow them, or not any longer. */
export async function onReject(ctx: Ctx, reject: Reject): Promise<void> {
  const { whom, follower } = await answered(ctx, reject);
  await removeFollower(ctx, whom, follower);
}

/** Somebody no longer follows one of ours, or no longer wants to. */
export async function onUndoFollow(ctx: Ctx, undo: Undo): Promise<void> {
  const vocab = await import("@fedify/vocab");
  const who = await actorOf(ctx, undo);
  const undone = await enclosedObject(undo);
  if (undone instanceof vocab.Follow) {
    return await unfollow(ctx, who, await ourAccountAt(ctx, undone.objectId));
  }
  const whomId = undo.objectId && await followedByUri(ctx.db, undo.objectId.href, who.id);
  const whom = whomId && await accountById(ctx.db, whomId);
  if (whom) await unfollow(ctx, who, whom);
}

/** Somebody wants nothing to do with one of ours. */
export async function onBlock(ctx: Ctx, activity: Block): Promise<void> {
  const whom = await ourAccountAt(ctx, activity.objectId);
  await block(ctx, await fetchAccount(ctx, activity.actorId!), whom, { uri: activity.id?.href });
}

export async function onUndoBlock(ctx: Ctx, undo: Undo): Promise<void> {
  const vocab = await import("@fedify/vocab");
  const undone = await enclosedObject(undo);
  const who = await actorOf(ctx, undo);
  if (undone instanceof vocab.Block) {
    return await unblock(ctx, who, await ourAccountAt(ctx, undone.objectId));
  }
  const whomId = !undone && undo.objectId && await blockedByUri(ctx.db, undo.objectId.href, who.id);
  const whom = whomId && await accountById(ctx.db, whomId);
  if (whom) await unblock(ctx, who, whom);
}

/** Who acts, if we know them: whom we don't can have done nothing that could be undone. */
async function actorOf(ctx: Ctx, { actorId }: Undo | Accept | Reject): Promise<Account> {
  const known = actorId && await accountByUri(ctx.db, actorId.href);
  if (!known) throw new NotFound();
  return known;
}

/**
 * Who answers, and whose wish: it is named by the id that we gave it. Some know only who wanted to follow whom,
 * and that is as good, because whoever answers decides for themselves alone.
 */
async function answered(ctx: Ctx, answer: Accept | Reject): Promise<{ whom: Account; follower: Account }> {
  const vocab = await import("@fedify/vocab");
  const whom = await actorOf(ctx, answer);
  const id = answer.objectId && await followerByUri(ctx.db, answer.objectId.href, whom.id);
  const named = id && await accountById(ctx.db, id);
  if (named) return { whom, follower: named };
  const wish = await answer.getObject(nothingFetched);
  if (!(wish instanceof vocab.Follow)) throw new NotFound();
  return { whom, follower: await ourAccountAt(ctx, wish.actorId) };
}
