import { type Account, isLocal } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { emit } from "../base/events.ts";
import { said } from "../emoji/reaction.ts";
import { reactionsOf } from "../emoji/reaction_store.ts";
import { requireLeave } from "../posts/policy.ts";
import type { Post } from "../posts/post.ts";
import { countForPost } from "../posts/store.ts";
import { deleteFavourite, insertFavourite, lockFavourite, setPlain } from "./store.ts";

/** Says that somebody likes a post. Twice is once. `uri` is what their server calls it. */
export async function favourite(
  ctx: Ctx,
  who: Account,
  post: Post,
  { uri = null }: { uri?: string | null } = {},
): Promise<void> {
  await requireLeave(ctx, who, post, "like");
  await transaction(ctx, async (ctx) => {
    if (await insertFavourite(ctx.db, { accountId: who.id, postId: post.id, uri, isPlain: true })) {
      await countFavourite(ctx, who, post);
    } else if (!isLocal(who)) {
      await setPlain(ctx.db, who.id, post.id, true); // of ours, whoever has said it with an emoji has said it
    }
  });
}

/** It is the first time that `who` says so, within the transaction that keeps it. */
export async function countFavourite(ctx: Ctx, who: Account, post: Post): Promise<void> {
  await countForPost(ctx.db, post.id, { favourites: 1 });
  await emit(ctx, "post.favourited", { postId: post.id, accountId: who.id });
}

/** Takes it back, with all emojis. */
export async function unfavourite(ctx: Ctx, who: Account, post: Post): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const [reaction] = await reactionsOf(ctx.db, who.id, post.id);
    if (!await deleteFavourite(ctx.db, who.id, post.id)) return;
    await countForPost(ctx.db, post.id, { favourites: -1 });
    await emit(ctx, "post.unfavourited", { postId: post.id, accountId: who.id, was: said(reaction) });
  });
}

/** Takes back what was said without an emoji; where there was nothing of the kind, everything. */
export async function unlike(ctx: Ctx, who: Account, post: Post): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const before = await lockFavourite(ctx.db, who.id, post.id);
    const reactions = await reactionsOf(ctx.db, who.id, post.id);
    if (before?.isPlain && reactions.length > 0) await setPlain(ctx.db, who.id, post.id, false);
    else await unfavourite(ctx, who, post);
  });
}
