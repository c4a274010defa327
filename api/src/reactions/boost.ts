import { type Account, isLocal } from "../accounts/account.ts";
import { countPostsDown, newId } from "../accounts/store.ts";
import type { Visibility } from "../auth/member.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Conflict, Forbidden, NotFound } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { requireLeave } from "../posts/policy.ts";
import { isPublic, type Post } from "../posts/post.ts";
import { countForPost, insertPost, lockPost, notePosted } from "../posts/store.ts";
import { boostIdOf, deleteBoost } from "./store.ts";

/** What a boost brings along that was made elsewhere. */
export interface Origin {
  uri: string;
  /** Never in the future. */
  publishedAt: Temporal.Instant;
}

/**
 * Passes a post on to one's followers and answers the boost's id; a second boost is the first. Public and
 * unlisted posts may be passed on by all who see them, a private one by its author alone.
 */
export async function boost(
  ctx: Ctx,
  who: Account,
  post: Post,
  visibility: Visibility,
  origin?: Origin,
): Promise<string> {
  if (!isPublic(post) && !(post.visibility === "private" && post.authorId === who.id)) {
    throw new Forbidden("This action is not allowed");
  }
  await requireLeave(ctx, who, post, "boost");
  return await transaction(ctx, async (ctx) => {
    if (!await lockPost(ctx.db, post.id)) throw new NotFound();
    const earlier = await boostIdOf(ctx.db, who.id, post.id);
    if (earlier) return earlier;

    const createdAt = origin?.publishedAt ?? ctx.now();
    const id = await newId(ctx.db, createdAt);
    const isNew = await insertPost(ctx.db, {
      ...asBoost(who, post, id, createdAt),
      uri: origin?.uri ?? `${ctx.config.baseUrl}/ap/posts/${id}`,
      visibility: reach(post, visibility),
    });
    if (!isNew) throw new Conflict("Something else is called so already");
    await countForPost(ctx.db, post.id, { boosts: 1 });
    await notePosted(ctx.db, who.id, createdAt);
    await emit(ctx, "post.boosted", { boostId: id, postId: post.id, accountId: who.id });
    return id;
  });
}

/** Takes a boost back. */
export async function unboost(ctx: Ctx, who: Account, post: Post): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const boostId = await deleteBoost(ctx.db, who.id, post.id);
    if (!boostId) return;
    await countForPost(ctx.db, post.id, { boosts: -1 });
    await countPostsDown(ctx.db, [who.id]);
    await emit(ctx, "post.unboosted", { boostId, postId: post.id, accountId: who.id });
  });
}

/** A boost reaches no further than its original, and never only those whom it mentions. */
function reach(post: Post, asked: Visibility): Visibility {
  if (!isPublic(post)) return "private";
  return asked === "direct" ? "private" : asked;
}

function asBoost(who: Account, post: Post, id: string, createdAt: Temporal.Instant) {
  return {
    id,
    authorId: who.id,
    isLocal: isLocal(who),
    url: null,
    boostOfId: post.id,
    replyToId: null,
    replyToAccountId: null,
    replyToUri: null,
    html: "",
    source: null,
    contentWarning: "",
    isSensitive: post.isSensitive,
    language: post.language,
    isLocalOnly: post.isLocalOnly,
    policy: {},
    appId: null,
    createdAt,
    editedAt: null,
  };
}
