import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, newestFirst, type Page } from "../base/page.ts";
import { visibleTo } from "../posts/visibility.ts";
import type { Kind, Notification } from "./notification.ts";

/** Which notifications are asked for. */
export interface Choice {
  kinds: readonly Kind[];
  fromId?: string;
  /** Also what the member's policy keeps back. */
  filtered?: boolean;
}

/** The columns of a notification in our words: `select ${notificationColumns} from notifications n`. */
export const notificationColumns = sql`
  n.id, n.kind, n.from_account_id as "fromId", n.post_id as "postId", n.report_id as "reportId",
  n.severance_id as "severanceId", n.warning_id as "warningId", n.collection_id as "collectionId",
  n.group_key as "groupKey", n.is_filtered as "isFiltered", n.created_at as "createdAt"`;

/** Those of a member that may be shown: by nobody suspended, and about no post hidden from them meanwhile. */
export function shownTo(accountId: string) {
  return sql`
    notifications n join accounts f on f.id = n.from_account_id and f.suspended_at is null
      left join posts p on p.id = n.post_id
    where n.account_id = ${accountId} and (p.id is null or ${visibleTo({ id: accountId })})`;
}

/** Only what the choice names. */
export function chosen({ kinds, fromId, filtered = false }: Choice) {
  return sql`n.kind = any(${kinds}::text[]) and ${filtered ? sql`true` : sql`not n.is_filtered`}
    and (${fromId ?? null}::bigint is null or n.from_account_id = ${fromId ?? null}::bigint)`;
}

/** A member's notifications, the latest first. */
export async function notificationsOf(
  db: Db,
  accountId: string,
  choice: Choice,
  page: Page,
): Promise<Notification[]> {
  const { where, tail } = keyset(sql.ref("n.id"), page);
  const { rows } = await sql<Notification>`
    select ${notificationColumns} from ${shownTo(accountId)} and ${chosen(choice)} and ${where} ${tail}`
    .execute(db);
  return newestFirst(rows, page);
}

export async function notificationById(
  db: Db,
  accountId: string,
  id: string,
): Promise<Notification | undefined> {
  const { rows } = await sql<Notification>`
    select ${notificationColumns} from ${shownTo(accountId)} and n.id = ${id}`.execute(db);
  return rows[0];
}

/** The last notification that this member has read. */
export function lastRead(accountId: string) {
  return sql`coalesce((
    select last_read_id from markers
    where account_id = ${accountId} and timeline = 'notifications'), 0)`;
}

/** How many came after the one that the member has read last; beyond `limit` they are not counted. */
export async function countUnread(
  db: Db,
  accountId: string,
  choice: Choice,
  limit: number,
): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select 1 from ${shownTo(accountId)} and ${chosen(choice)} and n.id > ${lastRead(accountId)}
      limit ${limit}::int) newer`.execute(db);
  return row!.count;
}

/** False where there is no such notification of this member. */
export async function deleteNotification(db: Db, accountId: string, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from notifications where account_id = ${accountId} and id = ${id}`.execute(db);
  return numAffectedRows === 1n;
}

/** With all that was kept back. */
export async function deleteAllNotifications(db: Db, accountId: string): Promise<void> {
  await sql`
    with requests as (delete from notification_requests where account_id = ${accountId})
    delete from notifications where account_id = ${accountId}`.execute(db);
}
