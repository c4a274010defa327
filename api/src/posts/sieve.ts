import type { Ctx } from "../base/ctx.ts";
import { textWithin } from "../base/html.ts";
import { type FilterResultEntity, toResult } from "../filters/entity.ts";
import { matcher } from "../filters/match.ts";
import { filtersInForce } from "../filters/store.ts";
import type { AttachmentEntity } from "../media/entity.ts";
import type { PollEntity } from "../polls/entity.ts";
import type { ShownPost } from "./show_store.ts";
import type { Viewer } from "./visibility.ts";

/**
 * Which of the viewer's filters catch a post that is shown under this id: its own, or that of a boost. In which
 * contexts a filter holds is for whoever shows the post to ask, as in Mastodon.
 */
export type Sieve = (
  post: ShownPost,
  shownId: string,
  poll: PollEntity | undefined,
  attachments: readonly AttachmentEntity[] | undefined,
) => FilterResultEntity[];

/** For these posts, by one query; and by none for whoever has no filters. */
export async function sieveFor(
  ctx: Ctx,
  viewer: Viewer,
  posts: ReadonlyMap<string, ShownPost>,
): Promise<Sieve> {
  const hasFilters = posts.values().some((post) => post.viewerHasFilters);
  if (!viewer || !hasFilters) return () => [];
  const filters = await filtersInForce(ctx.db, viewer.id, [...posts.keys()], ctx.now());
  if (filters.length === 0) return () => [];
  const match = matcher(filters);
  return (post, shownId, poll, attachments = []) =>
    match({ ids: [...new Set([shownId, post.id])], text: textOf(post, poll, attachments) }).map(toResult);
}

/** All that a post says: its warning, its text, what it asks, and what its media show. */
function textOf(
  post: ShownPost,
  poll: PollEntity | undefined,
  attachments: readonly AttachmentEntity[],
): string {
  const options = poll?.options.map(({ title }) => title) ?? [];
  const descriptions = attachments.map(({ description }) => description ?? "");
  return [post.contentWarning, post.source ?? textWithin(post.html), ...options, ...descriptions].join(
    "\n\n",
  );
}
