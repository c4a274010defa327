import { type RawBuilder, sql } from "kysely";
import { isThere } from "../base/db.ts";

/**
 * The one place that says who may see a post, and who does not want to. It is said once, in SQL, so that a page
 * of forty asks as often as a single post: timelines, threads, search, entities and pages all put it among their
 * conditions. `alias` names a `posts` row.
 */

/** Who looks; undefined is a stranger. Their domain is null for those from here, and undefined where it is not known. */
export type Viewer = { id: string; domain?: string | null } | undefined;

/**
 * The condition under which `viewer` may see the post or boost of the row `alias`: its author is not suspended,
 * and blocks neither the viewer nor the server where they live; and it is the viewer's own, public or unlisted,
 * mentions them, or is for followers and they are one. What is for this server alone, nobody sees who does not live
 * here. Of a boost, the boosted post must be visible, too: ask for both.
 */
export function visibleTo(viewer: Viewer, alias = "p"): RawBuilder<boolean> {
  const p = sql.ref(alias);
  const standing = sql`not ${
    isThere(sql`
    select 1 from accounts author where author.id = ${p}.author_id and author.suspended_at is not null`)
  }`;
  const open = sql`${p}.visibility in ('public', 'unlisted')`;
  if (!viewer) return sql`(${open} and not ${p}.is_local_only and ${standing})`;
  const inside = viewer.domain === null ? sql`true` : sql`(not ${p}.is_local_only or exists (
    select 1 from accounts v where v.id = ${viewer.id}::bigint and v.domain is null))`;
  const isBlocked = isThere(sql`
    select 1 from blocks b where b.blocker_id = ${p}.author_id and b.account_id = ${viewer.id}::bigint`);
  const isMentioned = isThere(sql`
    select 1 from mentions m where m.post_id = ${p}.id and m.account_id = ${viewer.id}::bigint`);
  const follows = isThere(sql`
    select 1 from follows f where f.follower_id = ${viewer.id}::bigint and f.account_id = ${p}.author_id`);
  return sql`(${standing} and ${inside} and (${p}.author_id = ${viewer.id}::bigint or (
    not ${isBlocked} and ${mayComeFrom(viewer.domain, alias)}
    and (${open} or ${isMentioned} or (${p}.visibility = 'private' and ${follows})))))`;
}

/** Its author does not block all who live there. Null: here. */
function mayComeFrom(domain: string | null | undefined, alias: string): RawBuilder<boolean> {
  if (!domain) return sql`true`;
  return sql`not exists (
    select 1 from account_domain_blocks d
    where d.account_id = ${sql.ref(alias)}.author_id and d.domain = ${domain})`;
}

/** Its author is nobody whom the viewer has muted or blocked, nor from a server that they have. */
export function notSilenced(viewer: Viewer, alias = "p"): RawBuilder<boolean> {
  if (!viewer) return sql`true`;
  const p = sql.ref(alias);
  const isMuted = isThere(sql`
    select 1 from mutes x where x.muter_id = ${viewer.id}::bigint and x.account_id = ${p}.author_id
      and (x.expires_at is null or x.expires_at > now())`);
  const isBlocked = isThere(sql`
    select 1 from blocks x where x.blocker_id = ${viewer.id}::bigint and x.account_id = ${p}.author_id`);
  return sql`(not ${isMuted} and not ${isBlocked} and ${notFromBlockedServer(viewer, alias)})`;
}

/**
 * Its author lives on no server that the viewer keeps away. Most members keep none away: then no author is looked
 * at, and never are a whole server's people.
 */
export function notFromBlockedServer(viewer: NonNullable<Viewer>, alias = "p"): RawBuilder<boolean> {
  return sql`coalesce((select x.domain from accounts x where x.id = ${sql.ref(alias)}.author_id) not in (
    select d.domain from account_domain_blocks d where d.account_id = ${viewer.id}::bigint), true)`;
}

/** If it is a boost: the viewer may see what it passes on, and wants to. */
export function boostIsWelcome(viewer: Viewer, alias = "p"): RawBuilder<boolean> {
  const p = sql.ref(alias);
  return sql`(${p}.boost_of_id is null or exists (
    select 1 from posts o where o.id = ${p}.boost_of_id
      and ${visibleTo(viewer, "o")} and ${notSilenced(viewer, "o")}))`;
}

/** Which thread it belongs to. */
export function threadOf(alias = "p"): RawBuilder<string> {
  const p = sql.ref(alias);
  return sql`coalesce(${p}.conversation_id, ${p}.id)`;
}
