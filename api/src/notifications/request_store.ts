import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, newestFirst, type Page } from "../base/page.ts";
import type { Request } from "./policy.ts";

/** Who waits for being let through, each with what they wrote. */

const columns = sql`
  r.id, r.from_account_id as "fromId", r.last_post_id as "lastPostId", r.created_at as "createdAt",
  r.updated_at as "updatedAt", (
    select count(*)::int from (
      select from notifications n
      where n.account_id = r.account_id and n.from_account_id = r.from_account_id and n.is_filtered
        and n.kind in ('mention', 'quote') limit 100) x) as count`;

/** What they wrote may be deleted meanwhile, and they may be suspended. */
const standing = sql`exists (
    select 1 from accounts f where f.id = r.from_account_id and f.suspended_at is null)
  and exists (
    select 1 from notifications n
    where n.account_id = r.account_id and n.from_account_id = r.from_account_id and n.is_filtered
      and n.kind in ('mention', 'quote'))`;

/** A member's requests, the latest first. */
export async function requestsOf(db: Db, accountId: string, page: Page): Promise<Request[]> {
  const { where, tail } = keyset(sql.ref("r.id"), page);
  const { rows } = await sql<Request>`
    select ${columns} from notification_requests r
    where r.account_id = ${accountId} and ${standing} and ${where} ${tail}`.execute(db);
  return newestFirst(rows, page);
}

/** Those of these that are the member's. */
export async function requestsById(db: Db, accountId: string, ids: readonly string[]): Promise<Request[]> {
  const { rows } = await sql<Request>`
    select ${columns} from notification_requests r
    where r.account_id = ${accountId} and r.id = any(${ids}::bigint[]) and ${standing}
    order by r.id desc`.execute(db);
  return rows;
}

/** How many wait, and with how much; beyond a hundred nobody counts. */
export async function countWaiting(
  db: Db,
  accountId: string,
): Promise<{ requests: number; notifications: number }> {
  const { rows: [row] } = await sql<{ requests: number; notifications: number }>`
    select count(*)::int as requests, least(100, coalesce(sum(count), 0))::int as notifications
    from (
      select ${columns} from notification_requests r
      where r.account_id = ${accountId} and ${standing} limit 100) waiting`.execute(db);
  return row!;
}

/** Lets all of these through from now on, and with them what they have sent. Within a transaction. */
export async function permit(db: Db, accountId: string, fromIds: readonly string[]): Promise<void> {
  await sql`
    insert into notification_permissions (account_id, from_account_id)
    select ${accountId}::bigint, id from unnest(${fromIds}::bigint[]) as id
    on conflict do nothing`.execute(db);
  await sql`
    update notifications set is_filtered = false
    where account_id = ${accountId} and from_account_id = any(${fromIds}::bigint[]) and is_filtered`
    .execute(db);
  await deleteRequests(db, accountId, fromIds);
}

/** Forgets what they sent and that it was kept back. Within a transaction. */
export async function forget(db: Db, accountId: string, fromIds: readonly string[]): Promise<void> {
  await sql`
    delete from notifications
    where account_id = ${accountId} and from_account_id = any(${fromIds}::bigint[]) and is_filtered`
    .execute(db);
  await deleteRequests(db, accountId, fromIds);
}

async function deleteRequests(db: Db, accountId: string, fromIds: readonly string[]): Promise<void> {
  await sql`
    delete from notification_requests
    where account_id = ${accountId} and from_account_id = any(${fromIds}::bigint[])`.execute(db);
}
