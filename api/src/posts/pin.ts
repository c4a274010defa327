import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Invalid } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { maxPins } from "../instance/limits.ts";
import { isPublic, type Post } from "./post.ts";
import { deletePin, insertPin, lockPins } from "./pin_store.ts";

/** Puts one of the author's own posts on top of their profile. Pinning twice is once. */
export async function pin(ctx: Ctx, me: Account, post: Post): Promise<void> {
  if (post.authorId !== me.id) throw new Invalid("Validation failed: Someone else's post cannot be pinned");
  if (post.boostOfId) throw new Invalid("Validation failed: A boost cannot be pinned");
  if (!isPublic(post) && post.visibility !== "private") {
    throw new Invalid("Validation failed: Posts that are only visible to mentioned users cannot be pinned");
  }
  await transaction(ctx, async (ctx) => {
    const pinned = await lockPins(ctx.db, me.id);
    if (pinned.includes(post.id)) return;
    if (pinned.length >= maxPins) {
      throw new Invalid("Validation failed: You have already pinned the maximum number of posts");
    }
    await insertPin(ctx.db, me.id, post.id);
    await emit(ctx, "post.pinned", { postId: post.id, accountId: me.id });
  });
}

/** Takes it down again. */
export async function unpin(ctx: Ctx, me: Account, post: Post): Promise<void> {
  await transaction(ctx, async (ctx) => {
    if (!await deletePin(ctx.db, me.id, post.id)) return;
    await emit(ctx, "post.unpinned", { postId: post.id, accountId: me.id });
  });
}
