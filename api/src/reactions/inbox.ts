import type { Announce, EmojiReact, Like, Undo } from "@fedify/vocab";
import type { Account } from "../accounts/account.ts";
import { fetchAccount } from "../accounts/remote.ts";
import { accountByUri } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { nothingFetched } from "../base/loosely.ts";
import type { Face } from "../emoji/reaction.ts";
import { reactionByUri } from "../emoji/reaction_store.ts";
import { emojiNamed, upsertRemoteEmojis } from "../emoji/store.ts";
import { enclosedObject } from "../delivery/authority.ts";
import { addressesOf, timeOf, visibilityOf } from "../posts/incoming.ts";
import type { Post } from "../posts/post.ts";
import { fetchPost } from "../posts/remote.ts";
import { followersUriOf, isFollowedHere } from "../posts/remote_store.ts";
import { seenOriginal } from "../posts/seen.ts";
import { postById, postByUri } from "../posts/store.ts";
import { boost, unboost } from "./boost.ts";
import { readWorn, type Worn } from "./activity.ts";
import { favourite, unlike } from "./favourite.ts";
import { react, unreact } from "./react.ts";
import { favouriteByUri, isPlain } from "./store.ts";

/** What people elsewhere make of posts that we have. Each may speak only for its own actor. */

/** Somebody likes a post, perhaps with an emoji. What we can't read counts as a plain favourite. */
export async function onLike(ctx: Ctx, like: Like | EmojiReact): Promise<void> {
  const { id, actorId, objectId } = like;
  const known = objectId && await postByUri(ctx.db, objectId.href);
  if (!known) return;
  const who = await fetchAccount(ctx, actorId!);
  if (who.suspendedAt) return;
  const post = await seenOriginal(ctx, who, known.id);
  const worn = await readWorn(like);
  if (worn?.picture) await upsertRemoteEmojis(ctx.db, who.domain!, [worn.picture], ctx.now());
  const face = worn && await faceOf(ctx, who, worn);
  if (face) await react(ctx, who, post, face, { uri: id?.href });
  else await favourite(ctx, who, post, { uri: id?.href });
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
    return await takeBack(ctx, who, undone);
  }
  // Where its context knows no `EmojiReact`, it is an object of no kind: its id is known all the same.
  if (undo.objectId && await takeBackByUri(ctx, who, undo.objectId.href)) return;
  if (!undone || undone instanceof vocab.Announce) {
    const post = await passedOn(ctx, who, [undo.objectId, undone?.objectId]);
    if (post) await unboost(ctx, who, post);
  }
}

/** What it wears counts, as far as we have that: of several emojis of one person the others stay. */
async function takeBack(ctx: Ctx, who: Account, like: Like | EmojiReact): Promise<void> {
  const post = like.objectId && await postByUri(ctx.db, like.objectId.href);
  if (!post) return;
  const worn = await readWorn(like);
  const face = worn && await faceOf(ctx, who, worn);
  if (face && await unreact(ctx, who, post, face)) return;
  if (!face || await isPlain(ctx.db, who.id, post.id)) await unlike(ctx, who, post);
}

/** False where they have nothing that is called so. */
async function takeBackByUri(ctx: Ctx, who: Account, uri: string): Promise<boolean> {
  const reaction = await reactionByUri(ctx.db, uri, who.id);
  const postId = reaction?.postId ?? await favouriteByUri(ctx.db, uri, who.id);
  const post = postId && await postById(ctx.db, postId);
  if (!post) return false;
  if (reaction) await unreact(ctx, who, post, reaction.face);
  else await unlike(ctx, who, post);
  return true;
}

/** The emoji as we have it; undefined where we have no such picture of their server's. */
async function faceOf(ctx: Ctx, who: Account, { name, isCharacter }: Worn): Promise<Face | undefined> {
  if (isCharacter) return { name, emojiId: null };
  const emojiId = await emojiNamed(ctx.db, name, who.domain);
  return emojiId === undefined ? undefined : { name, emojiId };
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
