import { type RawBuilder, sql } from "kysely";
import type { Account } from "../accounts/account.ts";
import { isLetIn } from "../accounts/store.ts";
import type { Db } from "../base/db.ts";
import type { Slice } from "../base/page.ts";
import type { Viewer } from "../posts/visibility.ts";
import { holds } from "../relationships/store.ts";

/** Who of the rows `a` of `accounts` lets themselves be found by those who don't know them. */
const discoverable = sql`(a.is_discoverable and a.suspended_at is null and a.deleted_at is null
  and a.moved_to_id is null and ${isLetIn})`;

/** Nobody whom the viewer keeps away, or who keeps the viewer away. */
function welcomeTo(viewer: Viewer): RawBuilder<boolean> {
  if (!viewer) return sql`true`;
  return sql`(not exists (
      select 1 from mutes x where x.muter_id = ${viewer.id}::bigint and x.account_id = a.id and ${holds("x")})
    and not exists (
      select 1 from blocks x where (x.blocker_id = ${viewer.id}::bigint and x.account_id = a.id)
        or (x.blocker_id = a.id and x.account_id = ${viewer.id}::bigint)))`;
}

/** How the directory is asked for. */
export interface DirectoryChoice {
  /** Who has posted last, or who is new here. */
  order: "active" | "new";
  isLocal: boolean;
}

/** People who let themselves be listed. */
export async function directory(
  db: Db,
  viewer: Viewer,
  { order, isLocal }: DirectoryChoice,
  { limit, offset }: Slice,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from accounts a
    where ${discoverable} and ${isLocal ? sql`a.domain is null` : sql`true`} and ${welcomeTo(viewer)}
    order by ${order === "active" ? sql`a.last_post_at desc nulls last,` : sql``} a.id desc
    limit ${limit}::int offset ${offset}::int`.execute(db);
  return rows.map((row) => row.id);
}

/** Why somebody is proposed. */
export type Reason = "friends" | "followed";

/** Somebody whom a member might want to follow. */
export interface Suggestion {
  id: string;
  reasons: Reason[];
}

/** Of whom a member follows so many are asked, and of each so many whom they follow: the latest. */
const mostFriends = 200;
const mostOfEach = 100;

/**
 * Whom a member might want to follow: first whom several of those follow whom they follow, then whom many here
 * follow. Who hides whom they follow is not asked.
 */
export async function suggestionsFor(db: Db, me: Account, limit: number): Promise<Suggestion[]> {
  const { rows } = await sql<Suggestion>`
    with friends as (
        select x.account_id as id from follows x
          join accounts f on f.id = x.account_id and not f.hides_collections and f.suspended_at is null
        where x.follower_id = ${me.id} order by x.id desc limit ${mostFriends}::int),
      proposed (id, reason, score) as (
        select theirs.account_id, 'friends', count(*)::real
        from friends cross join lateral (
          select x.account_id from follows x where x.follower_id = friends.id
          order by x.id desc limit ${mostOfEach}::int) theirs
        group by 1
        union all
        select thing_id, 'followed', score from trends where sort = 'account')
    select a.id, array_agg(proposed.reason order by proposed.reason = 'friends' desc) as reasons
    from proposed join accounts a on a.id = proposed.id
    where ${discoverable} and ${welcomeTo(me)} and a.id <> ${me.id}
      and not exists (select 1 from follows x where x.follower_id = ${me.id} and x.account_id = a.id)
      and not exists (select 1 from follow_requests x where x.follower_id = ${me.id} and x.account_id = a.id)
      and not exists (
        select 1 from dismissed_suggestions x where x.account_id = ${me.id} and x.dismissed_id = a.id)
    group by a.id
    order by max(proposed.score) filter (where proposed.reason = 'friends') desc nulls last,
      max(proposed.score) desc, a.id
    limit ${limit}::int`.execute(db);
  return rows;
}

/** From now on this account is not proposed to that member. Nobody to dismiss is no fault. */
export async function dismissSuggestion(db: Db, accountId: string, dismissedId: string): Promise<void> {
  await sql`
    insert into dismissed_suggestions (account_id, dismissed_id)
    select ${accountId}, id from accounts where id = ${dismissedId}
    on conflict do nothing`.execute(db);
}
