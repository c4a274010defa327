import { type RawBuilder, sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Filter, FilterFields } from "./filter.ts";

/** Filters whole, with their keywords and, of the posts that they name, those of the condition. */
function whole(named: RawBuilder<unknown>): RawBuilder<Filter> {
  return sql`
    select f.id, f.title, f.contexts, f.action, f.expires_at as "expiresAt",
      array(select json_build_object('id', k.id::text, 'keyword', k.keyword, 'wholeWord', k.whole_word)
        from filter_keywords k where k.filter_id = f.id order by k.id) as keywords,
      array(select json_build_object('id', x.id::text, 'postId', x.post_id::text)
        from filter_posts x where x.filter_id = f.id and ${named} order by x.id) as posts
    from filters f`;
}

const everyPost = sql`true`;

/** All of a member's filters, those whose time is over included. */
export async function filtersOf(db: Db, accountId: string): Promise<Filter[]> {
  const { rows } = await sql<Filter>`
    ${whole(everyPost)} where f.account_id = ${accountId} order by f.id`.execute(db);
  return rows;
}

/** Those that hold now; of the posts that they name only these. */
export async function filtersInForce(
  db: Db,
  accountId: string,
  postIds: readonly string[],
  now: Temporal.Instant,
): Promise<Filter[]> {
  const { rows } = await sql<Filter>`
    ${whole(sql`x.post_id = any(${postIds}::bigint[])`)}
    where f.account_id = ${accountId} and (f.expires_at is null or f.expires_at > ${now}) order by f.id`
    .execute(db);
  return rows;
}

export async function filterById(db: Db, accountId: string, id: string): Promise<Filter | undefined> {
  const { rows } = await sql<Filter>`
    ${whole(everyPost)} where f.account_id = ${accountId} and f.id = ${id}`.execute(db);
  return rows[0];
}

/** The filter that has this keyword, or names a post by this row. */
export async function filterWith(
  db: Db,
  accountId: string,
  part: "filter_keywords" | "filter_posts",
  id: string,
): Promise<Filter | undefined> {
  const { rows } = await sql<Filter>`
    ${whole(everyPost)} where f.account_id = ${accountId}
      and f.id = (select x.filter_id from ${sql.table(part)} x where x.id = ${id})`.execute(db);
  return rows[0];
}

/** How many filters and keywords a member has. What adds to them takes turns by the account's row. */
export async function lockFilters(
  db: Db,
  accountId: string,
): Promise<{ filters: number; keywords: number }> {
  await sql`select 1 from accounts where id = ${accountId} for no key update`.execute(db);
  const { rows: [row] } = await sql<{ filters: number; keywords: number }>`
    select count(distinct f.id)::int as filters, count(k.id)::int as keywords
    from filters f left join filter_keywords k on k.filter_id = f.id
    where f.account_id = ${accountId}`.execute(db);
  return row!;
}

/** Answers its id. */
export async function insertFilter(db: Db, accountId: string, fields: FilterFields): Promise<string> {
  const { rows: [row] } = await sql<{ id: string }>`
    insert into filters (account_id, title, contexts, action, expires_at)
    values (${accountId}, ${fields.title}, ${fields.contexts}, ${fields.action}, ${fields.expiresAt})
    returning id`.execute(db);
  return row!.id;
}

export async function updateFilter(db: Db, id: string, fields: FilterFields): Promise<void> {
  await sql`
    update filters set title = ${fields.title}, contexts = ${fields.contexts}, action = ${fields.action},
      expires_at = ${fields.expiresAt}
    where id = ${id}`.execute(db);
}

export async function deleteFilter(db: Db, id: string): Promise<void> {
  await sql`delete from filters where id = ${id}`.execute(db);
}
