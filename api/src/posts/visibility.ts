import { type RawBuilder, sql } from "kysely";

/**
 * The one place that says who may see a post. It is said once, in SQL, so that a page of forty asks as often
 * as a single post: timelines, threads, search, entities and pages all put it among their conditions.
 */

/** Who looks; undefined is a stranger. */
export type Viewer = { id: string } | undefined;

/**
 * The condition under which `viewer` may see the post or boost of the row `alias` (a `posts` row): its author
 * is neither suspended nor blocks the viewer, and it is the viewer's own, public or unlisted, mentions them,
 * or is for followers and they are one. Of a boost, the boosted post must be visible, too: ask for both.
 */
export function visibleTo(viewer: Viewer, alias = "p"): RawBuilder<boolean> {
  const p = sql.ref(alias);
  const standing = sql`not exists (
    select 1 from accounts author where author.id = ${p}.author_id and author.suspended_at is not null)`;
  const open = sql`${p}.visibility in ('public', 'unlisted')`;
  if (!viewer) return sql`(${open} and ${standing})`;
  return sql`(${standing} and (${p}.author_id = ${viewer.id}::bigint or (
    not exists (
      select 1 from blocks b where b.blocker_id = ${p}.author_id and b.account_id = ${viewer.id}::bigint)
    and (${open}
      or exists (
        select 1 from mentions m where m.post_id = ${p}.id and m.account_id = ${viewer.id}::bigint)
      or (${p}.visibility = 'private' and exists (
        select 1 from follows f where f.follower_id = ${viewer.id}::bigint and f.account_id = ${p}.author_id))
    ))))`;
}
