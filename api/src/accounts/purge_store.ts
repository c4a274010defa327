import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/**
 * What a deleted account takes along, whichever noun it belongs to: foreign keys would remove it as well, but
 * not from what others count. Rows are locked in the order of their ids, so that none lock crosswise.
 */

/** Ends all its follows, in both directions. Within a transaction. */
export async function deleteFollowsOf(db: Db, accountId: string): Promise<void> {
  await sql`
    with gone as (delete from follows where follower_id = ${accountId} returning account_id as id),
      locked as (
        select id from accounts where id in (select id from gone) order by id for no key update)
    update accounts a set followers_count = greatest(0, a.followers_count - 1)
    from locked where a.id = locked.id`.execute(db);
  await sql`
    with gone as (delete from follows where account_id = ${accountId} returning follower_id as id),
      locked as (
        select id from accounts where id in (select id from gone) order by id for no key update)
    update accounts a set following_count = greatest(0, a.following_count - 1)
    from locked where a.id = locked.id`.execute(db);
}

export async function deleteFavouritesOf(db: Db, accountId: string): Promise<void> {
  await sql`
    with gone as (delete from favourites where account_id = ${accountId} returning post_id as id),
      locked as (
        select id from posts where id in (select id from gone) order by id for no key update)
    update posts p set favourites_count = greatest(0, p.favourites_count - 1)
    from locked where p.id = locked.id`.execute(db);
}

/**
 * Deletes up to `limit` of its posts and boosts, and answers how many they were. Within a transaction.
 * What the public could see leaves a tombstone.
 */
export async function deletePostsOf(db: Db, accountId: string, limit: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from posts where author_id = ${accountId} order by id limit ${limit}::int for update`.execute(
    db,
  );
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return 0;
  await countDown(db, ids);
  await sql`
    insert into tombstones (post_id, author_id, uri)
    select id, author_id, uri from posts
    where id = any(${ids}::bigint[]) and visibility in ('public', 'unlisted') and boost_of_id is null
      and not is_local_only
    on conflict do nothing`.execute(db);
  await sql`delete from posts where id = any(${ids}::bigint[])`.execute(db);
  return ids.length;
}

/** What these posts answer, boost or quote, and who has boosted them, counts them no more. */
async function countDown(db: Db, ids: readonly string[]): Promise<void> {
  await sql`
    with gone as (
        select coalesce(boost_of_id, reply_to_id) as id, count(boost_of_id)::int as boosts,
          count(*)::int - count(boost_of_id)::int as replies
        from posts where id = any(${ids}::bigint[]) and coalesce(boost_of_id, reply_to_id) is not null
        group by 1),
      locked as (select id from posts where id in (select id from gone) order by id for no key update)
    update posts p set boosts_count = greatest(0, p.boosts_count - gone.boosts),
      replies_count = greatest(0, p.replies_count - gone.replies)
    from locked join gone using (id) where p.id = locked.id`.execute(db);
  await sql`
    with gone as (
        select quoted_id as id, count(*)::int as quotes from quotes
        where post_id = any(${ids}::bigint[]) and state = 'accepted' and quoted_id is not null group by 1),
      locked as (select id from posts where id in (select id from gone) order by id for no key update)
    update posts p set quotes_count = greatest(0, p.quotes_count - gone.quotes)
    from locked join gone using (id) where p.id = locked.id`.execute(db);
  await sql`
    with gone as (
        select author_id as id, count(*)::int as boosts
        from posts where boost_of_id = any(${ids}::bigint[]) group by 1),
      locked as (select id from accounts where id in (select id from gone) order by id for no key update)
    update accounts a set posts_count = greatest(0, a.posts_count - gone.boosts)
    from locked join gone using (id) where a.id = locked.id`.execute(db);
}

/** What a husk still needs: to sign its farewell, and to have it delivered. */
const kept = ["account_keys", "activities"];

/**
 * Deletes whatever else hangs on an account: every row that would go with its own, as the foreign keys say. So
 * no table can be forgotten. Within a transaction.
 */
export async function deleteBelongings(db: Db, accountId: string): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select t.relname as "table", a.attname as "column"
    from pg_constraint c
      join pg_class t on t.oid = c.conrelid
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'accounts'::regclass and c.confdeltype = 'c'
      and t.relname <> all(${kept}::text[])
    order by t.relname`.execute(db);
  for (const { table, column } of rows) {
    await sql`delete from ${sql.table(table)} where ${sql.ref(column)} = ${accountId}`.execute(db);
  }
}

/** Nothing of what its owner said about themselves stays. */
export async function emptyProfile(db: Db, accountId: string): Promise<void> {
  await sql`
    update accounts set display_name = '', bio_html = '', bio_source = null, fields = '[]',
      avatar_key = null, avatar_url = null, header_key = null, header_url = null,
      avatar_description = '', header_description = '',
      followers_count = 0, following_count = 0, posts_count = 0, last_post_at = null
    where id = ${accountId} and deleted_at is not null`.execute(db);
}
