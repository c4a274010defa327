import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, type Listed, newestFirst, type Page } from "../base/page.ts";
import type { UsedDay } from "./history.ts";
import type { Tag } from "./tag.ts";

/** The tag of this normalised name, if anybody has used or followed it. */
export async function tagByName(db: Db, name: string): Promise<Tag | undefined> {
  const { rows } = await sql<Tag>`select id, name from tags where name = ${name}`.execute(db);
  return rows[0];
}

/** The same, and from now on it is known. `displayName` is as somebody wrote it. */
export async function tagOfName(db: Db, name: string, displayName: string): Promise<Tag> {
  const { rows } = await sql<Tag>`
    insert into tags (name, display_name) values (${name}, ${displayName})
    on conflict (name) do update set name = excluded.name returning id, name`.execute(db);
  return rows[0]!;
}

/** The days since `since` on which these tags were used. */
export async function tagDays(
  db: Db,
  tagIds: readonly string[],
  since: Temporal.Instant,
): Promise<UsedDay[]> {
  const { rows } = await sql<UsedDay>`
    select pt.tag_id as id, (p.created_at at time zone 'UTC')::date as day,
      count(*)::int as uses, count(distinct p.author_id)::int as accounts
    from post_tags pt join posts p on p.id = pt.post_id
    where pt.tag_id = any(${tagIds}::bigint[]) and p.visibility = 'public'
      and pt.post_id >= (${since.epochMilliseconds}::bigint << 16)
    group by 1, 2`.execute(db);
  return rows;
}

/** What an account has to do with a tag. */
export interface TagTie {
  tagId: string;
  follows: boolean;
  features: boolean;
}

/** For each of these tags what `accountId` has to do with it. */
export async function tiesTo(db: Db, accountId: string, tagIds: readonly string[]): Promise<TagTie[]> {
  const { rows } = await sql<TagTie>`
    select t.id as "tagId",
      exists (select 1 from tag_follows f
        where f.account_id = ${accountId}::bigint and f.tag_id = t.id) as follows,
      exists (select 1 from featured_tags f
        where f.account_id = ${accountId}::bigint and f.tag_id = t.id) as features
    from unnest(${tagIds}::bigint[]) as t (id)`.execute(db);
  return rows;
}

export async function followsTag(db: Db, accountId: string, name: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from tag_follows f join tags t on t.id = f.tag_id
    where f.account_id = ${accountId} and t.name = ${name}`.execute(db);
  return rows.length > 0;
}

/** How many hashtags an account follows. Those who change it take turns. Within a transaction. */
export async function countFollowedTags(db: Db, accountId: string): Promise<number> {
  await sql`select 1 from accounts where id = ${accountId} for no key update`.execute(db);
  const { rows: [row] } = await sql<{ count: number }>`
    select count(*)::int as count from tag_follows where account_id = ${accountId}`.execute(db);
  return row!.count;
}

export async function insertTagFollow(db: Db, accountId: string, tagId: string): Promise<void> {
  await sql`
    insert into tag_follows (account_id, tag_id) values (${accountId}, ${tagId}) on conflict do nothing`
    .execute(db);
}

export async function deleteTagFollow(db: Db, accountId: string, tagId: string): Promise<void> {
  await sql`delete from tag_follows where account_id = ${accountId} and tag_id = ${tagId}`.execute(db);
}

/** The tags that an account follows, the last followed first; the cursor is the follow. */
export async function followedTags(db: Db, accountId: string, page: Page): Promise<(Tag & Listed)[]> {
  const { where, tail } = keyset(sql`f.id`, page);
  const { rows } = await sql<Tag & Listed>`
    select f.id as cursor, t.id, t.name from tag_follows f join tags t on t.id = f.tag_id
    where f.account_id = ${accountId} and ${where} ${tail}`.execute(db);
  return newestFirst(rows, page);
}
