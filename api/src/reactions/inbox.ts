import type { Announce, EmojiReact, Like, Undo } from "@fedify/vocab";
import type { Account } from "../accounts/account.ts";
import { fetchAccount } from "../accounts/remote.ts";
import { accountByUri } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { nothingFetched } from "../base/loosely.ts";
import { enclosedObject } from "../delivery/authority.ts";
import { addressesOf, timeOf, visibilityOf } from "../posts/incoming.ts";
import type { Post } from "../posts/post.ts";
import { fetchPost } from "../posts/remote.ts";
import { followersUriOf, isFollowedHere } from "../posts/remote_store.ts";
import { seenOriginal } from "../posts/seen.ts";
import { postById, postByUri } from "../posts/store.ts";
import { boost, unboost } from "./boost.ts";
import { favourite, unfavourite } from "./favourite.ts";
import { favouriteByUri } from "./store.ts";

/** What people elsewhere make of posts that we have. Each may speak only for its own actor. */

/** Somebody likes a post, with whatever face: each counts as a favourite. */
export async function onLike(ctx: Ctx, { id, actorId, objectId }: Like | EmojiReact): Promise<void> {
  const post = objectId && await postByUri(ctx.db, objectId.href);
  if (!post) return;
  const who = await fetchAccount(ctx, actorId!);
  if (who.suspendedAt) return;
  await favourite(ctx, who, await seenOriginal(ctx, who, post.id), { uri: id?.href });
}

/** Somebody passes a post on: one of ours, or any if somebody here follows them. */
export async function onAnnounce(ctx: Ctx, announce: Announce): Promise<void> {
  const { id, actorId, objectId, published } = announce;
  if (!id || !actorId || !objectId || await announcesActivity(announce)) return;
  const known = await postByUri(ctx.db, objectId.href);
  if (!known?.isLocal && !await isFollowedHere(ctx.db, actorId.href)) return;

  const who = await fetchAccount(ctx, actorId);
  if (who.suspendedAt) return;
  const { id: postId } = known ?? await fetchPost(ctx, objectId.href);
  const post = await seenOriginal(ctx, who, postId);
  const visibility = visibilityOf(addressesOf(announce), await followersUriOf(ctx.db, who.id));
  await boost(ctx, who, post, visibility, { uri: id.href, publishedAt: timeOf(published, ctx.now()) });
}

/**
 * Somebody takes either back. Many make up a new id for what they undo, so who did what to which post counts; some
 * say nothing but the id.
 */
export async function onUndoReaction(ctx: Ctx, undo: Undo): Promise<void> {
  const vocab = await import("@fedify/vocab");
  const who = undo.actorId && await accountByUri(ctx.db, undo.actorId.href);
  if (!who) return;
  const undone = await enclosedObject(undo);
  if (undone instanceof vocab.Like || undone instanceof vocab.EmojiReact) {
    const post = undone.objectId && await postByUri(ctx.db, undone.objectId.href);
    if (post) await unfavourite(ctx, who, post);
    return;
  }
  const likedId = !undone && undo.objectId && await favouriteByUri(ctx.db, undo.objectId.href, who.id);
  const liked = likedId && await postById(ctx.db, likedId);
  if (liked) {
    await unfavourite(ctx, who, liked);
  } else if (!undone || undone instanceof vocab.Announce) {
    const post = await passedOn(ctx, who, [undo.objectId, undone?.objectId]);
    if (post) await unboost(ctx, who, post);
  }
}

/** Communities pass on what is done in them (FEP-1b12): that is no boost. */
async function announcesActivity(announce: Announce): Promise<boolean> {
  const { Activity, Question } = await import("@fedify/vocab");
  const object = await announce.getObject(nothingFetched);
  return object instanceof Activity && !(object instanceof Question);
}

/** The post that `who` has passed on, named by itself or by their boost. */
async function passedOn(
  ctx: Ctx,
  who: Account,
  uris: (URL | null | undefined)[],
): Promise<Post | undefined> {
  for (const uri of uris) {
    const post = uri && await postByUri(ctx.db, uri.href);
    if (post && !post.boostOfId) return post;
    if (post?.boostOfId && post.authorId === who.id) return await postById(ctx.db, post.boostOfId);
  }
}
