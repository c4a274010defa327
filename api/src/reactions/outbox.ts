import { type Account, isLocal } from "../accounts/account.ts";
import { accountById } from "../accounts/store.ts";
import { type JsonObject, toUndo } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Listeners } from "../base/events.ts";
import { deliver } from "../delivery/deliver.ts";
import { reactionsOf } from "../emoji/reaction_store.ts";
import { isPublic, type Post } from "../posts/post.ts";
import { postById } from "../posts/store.ts";
import { toAnnounce, toLike, toPastAnnounce, toPastLike } from "./activity.ts";
import { isFavourite } from "./store.ts";

/** What other servers hear of our members' reactions. */
export const outbox: Listeners = {
  // Whoever likes and takes it back at once is asked what they think now: activities may overtake each other.
  "post.favourited": (ctx, { postId, accountId }) => tellOfLike(ctx, accountId, postId),
  "post.reacted": async (ctx, { postId, accountId, was }) => {
    await tellAuthor(ctx, accountId, postId, (who, post) => toUndo(toPastLike(who, post, was)));
    await tellOfLike(ctx, accountId, postId);
  },
  "post.unfavourited": async (ctx, { postId, accountId, was }) => {
    if (await isFavourite(ctx.db, accountId, postId)) return;
    await tellAuthor(ctx, accountId, postId, (who, post) => toUndo(toPastLike(who, post, was)));
  },

  "post.boosted": async (ctx, { boostId, postId, accountId }) => {
    const boost = await postById(ctx.db, boostId);
    if (!boost) return; // taken back already: that announces itself
    await tellFollowers(ctx, accountId, postId, (who, post, author) => toAnnounce(who, boost, post, author));
  },
  "post.unboosted": (ctx, { boostId, postId, accountId }) =>
    tellFollowers(ctx, accountId, postId, (who, post, author) => {
      const uri = `${ctx.config.baseUrl}/ap/posts/${boostId}`;
      return toUndo(toPastAnnounce(who, uri, post, author));
    }),
};

/** Somebody likes a post, with the emoji that they have chosen, if they have. */
async function tellOfLike(ctx: Ctx, accountId: string, postId: string): Promise<void> {
  if (!await isFavourite(ctx.db, accountId, postId)) return;
  const [reaction] = await reactionsOf(ctx.db, accountId, postId);
  await tellAuthor(ctx, accountId, postId, (who, post) => toLike(ctx, who, post, reaction));
}

/** Only its author's server counts who likes a post. */
async function tellAuthor(
  ctx: Ctx,
  accountId: string,
  postId: string,
  tell: (who: Account, post: Post) => JsonObject,
): Promise<void> {
  const [who, post] = await Promise.all([accountById(ctx.db, accountId), postById(ctx.db, postId)]);
  if (!who || !post || !isLocal(who)) return;
  await deliver(ctx, who, tell(who, post), { accountIds: [post.authorId] }, "reactions");
}

/** Passing on is for one's followers; the author hears of it, too. */
async function tellFollowers(
  ctx: Ctx,
  accountId: string,
  postId: string,
  tell: (who: Account, post: Post, author: Account) => JsonObject,
): Promise<void> {
  const [who, post] = await Promise.all([accountById(ctx.db, accountId), postById(ctx.db, postId)]);
  const author = post && await accountById(ctx.db, post.authorId);
  if (!who || !post || !author || !isLocal(who) || post.isLocalOnly) return;
  const accountIds = isPublic(post) ? [author.id] : [];
  await deliver(ctx, who, tell(who, post, author), { followersOf: who.id, accountIds }, "posts");
}
