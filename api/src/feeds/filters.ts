import { type RawBuilder, sql } from "kysely";
import { type Viewer, visibleTo } from "../posts/visibility.ts";

/** Conditions that feeds share; `alias` names a `posts` row. What `viewer` may see stands in posts/visibility. */

/** Its author is nobody whom the viewer has muted or blocked. */
export function notSilenced(viewer: Viewer, alias = "p"): RawBuilder<boolean> {
  if (!viewer) return sql`true`;
  const p = sql.ref(alias);
  return sql`(not exists (
      select 1 from mutes x where x.muter_id = ${viewer.id}::bigint and x.account_id = ${p}.author_id
        and (x.expires_at is null or x.expires_at > now()))
    and not exists (
      select 1 from blocks x where x.blocker_id = ${viewer.id}::bigint and x.account_id = ${p}.author_id))`;
}

/** It shows a picture, film or sound itself: what it passes on does not count, as on Mastodon. */
export function showsMedia(alias = "p"): RawBuilder<boolean> {
  return sql`exists (
    select 1 from attachments t where t.post_id = ${sql.ref(alias)}.id and t.position is not null)`;
}

/** If it is a boost: the viewer may see what it passes on, and wants to. */
export function boostIsWelcome(viewer: Viewer, alias = "p"): RawBuilder<boolean> {
  const p = sql.ref(alias);
  return sql`(${p}.boost_of_id is null or exists (
    select 1 from posts o where o.id = ${p}.boost_of_id
      and ${visibleTo(viewer, "o")} and ${notSilenced(viewer, "o")}))`;
}
