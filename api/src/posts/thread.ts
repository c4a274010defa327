import type { Ctx } from "../base/ctx.ts";
import { emit } from "../base/events.ts";
import { showPosts, type StatusEntity } from "./entity.ts";
import type { Post } from "./post.ts";
import { ancestorsOf, descendantsOf, moveThreads, type Reach, threadIdOf } from "./thread_store.ts";
import type { Viewer } from "./visibility.ts";

/** Members see whole conversations; strangers as much as a page shows, so that crawlers cost little. */
const forMembers: Reach = { ancestors: 4096, descendants: 4096, depth: 4096 };
const forStrangers: Reach = { ancestors: 40, descendants: 60, depth: 20 };

/** Mastodon's `Context`. */
export interface ContextEntity {
  ancestors: StatusEntity[];
  descendants: StatusEntity[];
}

/** The conversation around a post, as far as `viewer` may see it. */
export async function showThread(ctx: Ctx, viewer: Viewer, post: Post): Promise<ContextEntity> {
  const reach = viewer ? forMembers : forStrangers;
  const above = await ancestorsOf(ctx.db, viewer, post.id, reach);
  const below = await descendantsOf(ctx.db, viewer, post.id, reach);
  const shown = new Map(
    (await showPosts(ctx, viewer, [...above, ...below])).map((status) => [status.id, status]),
  );
  const present = (ids: string[]) => ids.flatMap((id) => shown.get(id) ?? []);
  return { ancestors: present(above), descendants: present(below) };
}

/** What answered a post that was not here yet began threads of its own: they are parts of the post's thread now. */
export async function joinThreads(ctx: Ctx, postId: string, begun: readonly string[]): Promise<void> {
  const threadId = begun.length > 0 ? await threadIdOf(ctx.db, postId) : undefined;
  const others = begun.filter((id) => id !== threadId);
  if (!threadId || others.length === 0) return;
  await moveThreads(ctx.db, others, threadId);
  await emit(ctx, "thread.joined", { from: others, into: threadId });
}
