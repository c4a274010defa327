import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Post } from "../posts/post.ts";
import { deleteBookmark, insertBookmark } from "./store.ts";

/** Keeps a post for oneself. Nobody else hears of it. */
export async function bookmark(ctx: Ctx, who: Account, post: Post): Promise<void> {
  await insertBookmark(ctx.db, who.id, post.id);
}

/** Lets it go again. */
export async function unbookmark(ctx: Ctx, who: Account, post: Post): Promise<void> {
  await deleteBookmark(ctx.db, who.id, post.id);
}
