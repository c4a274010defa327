import type { Ctx } from "../base/ctx.ts";
import { Gone, NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import type { Poll } from "../polls/poll.ts";
import { pollById } from "../polls/store.ts";
import type { Post } from "./post.ts";
import { visiblePost } from "./show_store.ts";
import { tombstoneUri } from "./store.ts";
import type { Viewer } from "./visibility.ts";

/** The post or boost, if `viewer` may see it. Hidden and missing are the same refusal: NotFound. */
export async function seenPost(ctx: Ctx, viewer: Viewer, id: string): Promise<Post> {
  const post = isId(id) ? await visiblePost(ctx.db, viewer, id) : undefined;
  if (!post) throw new NotFound();
  return post;
}

/** The same, but where a boost was named, what it passed on: people react to posts, never to boosts. */
export async function seenOriginal(ctx: Ctx, viewer: Viewer, id: string): Promise<Post> {
  const post = await seenPost(ctx, viewer, id);
  return post.boostOfId ? await seenPost(ctx, viewer, post.boostOfId) : post;
}

/** What a post asks, if `viewer` may see the post. */
export async function seenPoll(ctx: Ctx, viewer: Viewer, id: string): Promise<Poll> {
  const poll = isId(id) ? await pollById(ctx.db, id) : undefined;
  if (!poll) throw new NotFound();
  await seenPost(ctx, viewer, poll.postId);
  return poll;
}

/** `seenOriginal` for whoever follows a link: a post that everybody could see, and that was deleted, is Gone. */
export async function seenOrGone(ctx: Ctx, viewer: Viewer, id: string): Promise<Post> {
  try {
    return await seenOriginal(ctx, viewer, id);
  } catch (error) {
    if (error instanceof NotFound && isId(id) && await tombstoneUri(ctx.db, id)) throw new Gone();
    throw error;
  }
}
