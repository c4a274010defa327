import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { emit } from "../base/events.ts";
import { requireLeave } from "../posts/policy.ts";
import type { Post } from "../posts/post.ts";
import { countForPost } from "../posts/store.ts";
import { deleteFavourite, insertFavourite } from "./store.ts";

/** Says that somebody likes a post. Twice is once. `uri` is what their server calls it. */
export async function favourite(
  ctx: Ctx,
  who: Account,
  post: Post,
  { uri = null }: { uri?: string | null } = {},
): Promise<void> {
  await requireLeave(ctx, who, post, "like");
  await transaction(ctx, async (ctx) => {
    if (!await insertFavourite(ctx.db, who.id, post.id, uri)) return;
    await countForPost(ctx.db, post.id, { favourites: 1 });
    await emit(ctx, "post.favourited", { postId: post.id, accountId: who.id });
  });
}

/** Takes it back. */
export async function unfavourite(ctx: Ctx, who: Account, post: Post): Promise<void> {
  await transaction(ctx, async (ctx) => {
    if (!await deleteFavourite(ctx.db, who.id, post.id)) return;
    await countForPost(ctx.db, post.id, { favourites: -1 });
    await emit(ctx, "post.unfavourited", { postId: post.id, accountId: who.id });
  });
}
