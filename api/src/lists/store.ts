import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, type Listed, newestFirst, type Page } from "../base/page.ts";
import { type List, type ListFields, mostLists } from "./list.ts";

const columns = sql`l.id, l.title, l.replies, l.is_exclusive as "isExclusive"`;

/** A member's lists, the first made first; with `memberId`, those that this account is on. */
export async function listsOf(db: Db, ownerId: string, memberId: string | null = null): Promise<List[]> {
  const { rows } = await sql<List>`
    select ${columns} from lists l
    where l.account_id = ${ownerId} and (${memberId}::bigint is null or exists (
      select 1 from list_members m where m.list_id = l.id and m.account_id = ${memberId}::bigint))
    order by l.id`.execute(db);
  return rows;
}

export async function listById(db: Db, ownerId: string, id: string): Promise<List | undefined> {
  const { rows } = await sql<List>`
    select ${columns} from lists l where l.id = ${id} and l.account_id = ${ownerId}`.execute(db);
  return rows[0];
}

/** Undefined where the member has as many as may be. */
export async function insertList(db: Db, ownerId: string, fields: ListFields): Promise<List | undefined> {
  const { rows } = await sql<List>`
    insert into lists as l (account_id, title, replies, is_exclusive)
    select ${ownerId}::bigint, ${fields.title}, ${fields.replies}, ${fields.isExclusive}::boolean
    where (select count(*) from lists x where x.account_id = ${ownerId}::bigint) < ${mostLists}::int
    returning ${columns}`.execute(db);
  return rows[0];
}

export async function updateList(db: Db, id: string, fields: ListFields): Promise<void> {
  await sql`
    update lists set title = ${fields.title}, replies = ${fields.replies},
      is_exclusive = ${fields.isExclusive} where id = ${id}`.execute(db);
}

export async function deleteList(db: Db, id: string): Promise<void> {
  await sql`delete from lists where id = ${id}`.execute(db);
}

/** Who is on a list, put there last first. */
export async function membersOf(db: Db, listId: string, page: Page): Promise<Listed[]> {
  const { where, tail } = keyset(sql`m.id`, page);
  const { rows } = await sql<Listed>`
    select m.id as cursor, m.account_id as id from list_members m join accounts a on a.id = m.account_id
    where m.list_id = ${listId} and a.suspended_at is null and ${where} ${tail}`.execute(db);
  return newestFirst(rows, page);
}

/** How many of these the owner may put on a list: whom they follow or have asked, and themselves. */
export async function countListable(db: Db, ownerId: string, ids: readonly string[]): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`
    select count(*)::int as count from accounts a
    where a.id = any(${ids}::bigint[]) and (a.id = ${ownerId}::bigint
      or exists (select 1 from follows f where f.follower_id = ${ownerId} and f.account_id = a.id)
      or exists (select 1 from follow_requests f where f.follower_id = ${ownerId} and f.account_id = a.id))`
    .execute(db);
  return row!.count;
}

/** How many of these were not on it before. */
export async function insertMembers(db: Db, listId: string, ids: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into list_members (list_id, account_id) select ${listId}, unnest(${ids}::bigint[])
    on conflict do nothing`.execute(db);
  return Number(numAffectedRows);
}

export async function deleteMembers(db: Db, listId: string, ids: readonly string[]): Promise<void> {
  await sql`
    delete from list_members where list_id = ${listId} and account_id = any(${ids}::bigint[])`.execute(db);
}

/** Takes an account off all lists of somebody who neither follows it any more nor has asked to. */
export async function forgetUnfollowed(db: Db, ownerId: string, accountId: string): Promise<void> {
  await sql`
    delete from list_members m using lists l
    where l.id = m.list_id and l.account_id = ${ownerId} and m.account_id = ${accountId}
      and not exists (select 1 from follows f
        where f.follower_id = l.account_id and f.account_id = m.account_id)
      and not exists (select 1 from follow_requests f
        where f.follower_id = l.account_id and f.account_id = m.account_id)`.execute(db);
}
