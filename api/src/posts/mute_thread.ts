import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { NotFound } from "../base/errors.ts";
import type { Post } from "./post.ts";
import { deleteThreadMute, insertThreadMute, threadIdOf } from "./thread_store.ts";

/** `who` is told nothing more of what is said around this post, before it and after it. Nobody else hears of it. */
export async function muteThread(ctx: Ctx, who: Account, post: Post): Promise<void> {
  await insertThreadMute(ctx.db, who.id, await threadOf(ctx, post));
}

/** Lets it be heard again. */
export async function unmuteThread(ctx: Ctx, who: Account, post: Post): Promise<void> {
  await deleteThreadMute(ctx.db, who.id, await threadOf(ctx, post));
}

async function threadOf(ctx: Ctx, post: Post): Promise<string> {
  const id = await threadIdOf(ctx.db, post.id);
  if (!id) throw new NotFound(); // deleted at this very moment
  return id;
}
