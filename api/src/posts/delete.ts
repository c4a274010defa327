import { countPostsDown } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { emit } from "../base/events.ts";
import { letGo } from "../media/store.ts";
import { deleteQuote, quotersOf } from "../quotes/store.ts";
import { isPublic, type Post } from "./post.ts";
import { boostersOf, countForPost, deletePostRow, lockPost, mentionedIn } from "./store.ts";

/**
 * Deletes a post with all that hangs on it: its boosts, favourites, bookmarks, edits and notifications.
 * Answers to it stay. Deleting what is gone already does nothing. What it shows goes, too; with `keepsUploads` it stays
 * for a day, for its author may want to write the post anew.
 */
export async function deletePost(
  ctx: Ctx,
  post: Post,
  { keepsUploads = false }: { keepsUploads?: boolean } = {},
): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const present = await lockPost(ctx.db, post.id);
    if (!present) return;
    const boosters = await boostersOf(ctx.db, post.id);
    const quoters = await quotersOf(ctx.db, post.id);
    const reached = [...await mentionedIn(ctx.db, post.id), ...boosters, ...quoters];
    if (keepsUploads) await letGo(ctx.db, post.id, ctx.now());
    await deleteQuote(ctx.db, post.id);
    await deletePostRow(ctx.db, present, isPublic(present) && !present.isLocalOnly);
    if (present.replyToId) await countForPost(ctx.db, present.replyToId, { replies: -1 });
    await countPostsDown(ctx.db, [present.authorId, ...boosters]);
    const { authorId, uri, visibility, isLocalOnly } = present;
    await emit(ctx, "post.deleted", { postId: post.id, authorId, uri, visibility, isLocalOnly, reached });
  });
}
