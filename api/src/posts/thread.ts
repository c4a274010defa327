import type { Ctx } from "../base/ctx.ts";
import { showPosts, type StatusEntity } from "./entity.ts";
import type { Post } from "./post.ts";
import { ancestorsOf, descendantsOf, type Reach } from "./thread_store.ts";
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
