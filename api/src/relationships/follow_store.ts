import { type RawBuilder, sql } from "kysely";
import { countFor } from "../accounts/store.ts";
import type { Db } from "../base/db.ts";
import { keyset, type Listed, newestFirst, type Page } from "../base/page.ts";
import type { Following } from "./relationship.ts";
import { isApart } from "./store.ts";

/** Follows, and the requests for them: two tables of the same columns. */
export type FollowTable = "follows" | "follow_requests";

const followColumns = sql`shows_boosts as "showsBoosts", notifies, languages, uri`;

/** Begins one as wished for: where nothing is, with boosts, without notifications and in all languages. */
export async function insertFollow(
  db: Db,
  table: FollowTable,
  followerId: string,
  accountId: string,
  wish: Partial<Following>,
): Promise<boolean> {
  const { showsBoosts = true, notifies = false, languages = null, uri = null } = wish;
  const { numAffectedRows } = await sql`
    insert into ${sql.table(table)} (follower_id, account_id, shows_boosts, notifies, languages, uri)
    values (${followerId}, ${accountId}, ${showsBoosts}, ${notifies}, ${languages}::text[], ${uri})
    on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

/** Changes what the wish names and answers whether there was anything to change. */
export async function updateFollow(
  db: Db,
  table: FollowTable,
  followerId: string,
  accountId: string,
  wish: Partial<Following>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} set
      shows_boosts = coalesce(${wish.showsBoosts ?? null}::boolean, shows_boosts),
      notifies = coalesce(${wish.notifies ?? null}::boolean, notifies),
      languages = case when ${wish.languages !== undefined}::boolean
        then ${wish.languages ?? null}::text[] else languages end,
      uri = coalesce(${wish.uri ?? null}, uri)
    where follower_id = ${followerId} and account_id = ${accountId}`.execute(db);
  return numAffectedRows === 1n;
}

/** Answers what was taken away; undefined where there was nothing. */
export async function deleteFollow(
  db: Db,
  table: FollowTable,
  followerId: string,
  accountId: string,
): Promise<Following | undefined> {
  const { rows } = await sql<Following>`
    delete from ${sql.table(table)} where follower_id = ${followerId} and account_id = ${accountId}
    returning ${followColumns}`.execute(db);
  return rows[0];
}

/** The follow or request of this pair; undefined where there is none. */
export async function followBetween(
  db: Db,
  table: FollowTable,
  followerId: string,
  accountId: string,
): Promise<Following | undefined> {
  const { rows } = await sql<Following>`
    select ${followColumns} from ${sql.table(table)}
    where follower_id = ${followerId} and account_id = ${accountId}`.execute(db);
  return rows[0];
}

/** Who is to follow `accountId`, or does, by the `Follow` that is called so. */
export async function followerByUri(db: Db, uri: string, accountId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select follower_id as id from follow_requests where uri = ${uri} and account_id = ${accountId}
    union all
    select follower_id from follows where uri = ${uri} and account_id = ${accountId}`.execute(db);
  return rows[0]?.id;
}

/** Whom `followerId` follows or wants to, by the `Follow` that is called so. */
export async function followedByUri(db: Db, uri: string, followerId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select account_id as id from follow_requests where uri = ${uri} and follower_id = ${followerId}
    union all
    select account_id from follows where uri = ${uri} and follower_id = ${followerId}`.execute(db);
  return rows[0]?.id;
}

/** Both sides count a follow that began (1) or ended (-1). The pair is locked: see `lockPair`. */
export async function countFollow(db: Db, followerId: string, accountId: string, by: 1 | -1): Promise<void> {
  await countFor(db, followerId, { following: by });
  await countFor(db, accountId, { followers: by });
}

/**
 * Who follows somebody, the latest first. Left out are the suspended and, where a viewer is named, whom they
 * should not come across.
 */
export function followersOf(
  db: Db,
  accountId: string,
  viewerId: string | undefined,
  page: Page,
): Promise<Listed[]> {
  const condition = sql`x.account_id = ${accountId}`;
  return listed(db, "follows", sql.ref("x.follower_id"), condition, viewerId, page);
}

/** Whom somebody follows, in the same way. */
export function followedBy(
  db: Db,
  accountId: string,
  viewerId: string | undefined,
  page: Page,
): Promise<Listed[]> {
  const condition = sql`x.follower_id = ${accountId}`;
  return listed(db, "follows", sql.ref("x.account_id"), condition, viewerId, page);
}

/** Who waits for being let in. */
export function requestersOf(db: Db, accountId: string, page: Page): Promise<Listed[]> {
  const condition = sql`x.account_id = ${accountId}`;
  return listed(db, "follow_requests", sql.ref("x.follower_id"), condition, undefined, page);
}

async function listed(
  db: Db,
  table: FollowTable,
  shown: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
  viewerId: string | undefined,
  page: Page,
): Promise<Listed[]> {
  const { where, tail } = keyset(sql.ref("x.id"), page);
  const { rows } = await sql<Listed>`
    select x.id as cursor, ${shown} as id
    from ${sql.table(table)} x join accounts a on a.id = ${shown} and a.suspended_at is null
    where ${condition} and ${where} and ${viewerId ? sql`not ${isApart(viewerId, shown)}` : sql`true`}
    ${tail}`.execute(db);
  return newestFirst(rows, page);
}

/** Those who live here among somebody's followers, the longest following first, from behind a row on. */
export async function membersFollowing(
  db: Db,
  accountId: string,
  after: string,
  limit: number,
): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    select x.id as cursor, x.follower_id as id
    from follows x join accounts a on a.id = x.follower_id and a.domain is null and a.deleted_at is null
    where x.account_id = ${accountId} and x.id > ${after} order by x.id limit ${limit}::int`.execute(db);
  return rows;
}

/** Some of those who wait, the longest waiting first. */
export async function requestersWaiting(db: Db, accountId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select follower_id as id from follow_requests where account_id = ${accountId}
    order by id limit ${limit}::int`.execute(db);
  return rows.map((row) => row.id);
}

/**
 * For each of these accounts, who follows it among those whom `viewerId` follows, the latest first. Nobody
 * appears who keeps their follows to themselves, on either side.
 */
export async function familiarFollowers(
  db: Db,
  viewerId: string,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ id: string; followers: string[] }>`
    select theirs.account_id as id, array_agg(theirs.follower_id::text order by theirs.id desc) as followers
    from follows mine
      join follows theirs on theirs.follower_id = mine.account_id
      join accounts a on a.id = theirs.account_id and not a.hides_collections
      join accounts f on f.id = theirs.follower_id and not f.hides_collections and f.suspended_at is null
    where mine.follower_id = ${viewerId} and theirs.account_id = any(${ids}::bigint[])
    group by theirs.account_id`.execute(db);
  return new Map(rows.map((row) => [row.id, row.followers]));
}
