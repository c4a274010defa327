import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, type Listed, newestFirst, type Page } from "../base/page.ts";
import type { Muting } from "./relationship.ts";
import { holds } from "./store.ts";

/** Blocks and mutes: what keeps two accounts apart. */

/** False where it is there already: that is then known by its latest `uri`. */
export async function insertBlock(
  db: Db,
  blockerId: string,
  accountId: string,
  uri: string | null,
): Promise<boolean> {
  const { rows: [row] } = await sql<{ isNew: boolean }>`
    insert into blocks (blocker_id, account_id, uri) values (${blockerId}, ${accountId}, ${uri})
    on conflict (blocker_id, account_id) do update set uri = excluded.uri where excluded.uri is not null
    returning xmax = 0 as "isNew"`.execute(db);
  return row?.isNew ?? false;
}

/** Whom somebody blocks by that name; undefined where it is nobody. */
export async function blockedByUri(db: Db, uri: string, blockerId: string): Promise<string | undefined> {
  const { rows } = await sql<{ accountId: string }>`
    select account_id as "accountId" from blocks where uri = ${uri} and blocker_id = ${blockerId}`
    .execute(db);
  return rows[0]?.accountId;
}

export async function deleteBlock(db: Db, blockerId: string, accountId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from blocks where blocker_id = ${blockerId} and account_id = ${accountId}`.execute(db);
  return numAffectedRows === 1n;
}

/** Whom `blockerId` blocks, the latest first. */
export async function blockedBy(db: Db, blockerId: string, page: Page): Promise<Listed[]> {
  const { where, tail } = keyset(sql.ref("x.id"), page);
  const { rows } = await sql<Listed>`
    select x.id as cursor, x.account_id as id
    from blocks x where x.blocker_id = ${blockerId} and ${where} ${tail}`.execute(db);
  return newestFirst(rows, page);
}

/** A mute begins, or goes on as this one says. */
export async function putMute(db: Db, muterId: string, accountId: string, mute: Muting): Promise<void> {
  await sql`
    insert into mutes (muter_id, account_id, hides_notifications, expires_at)
    values (${muterId}, ${accountId}, ${mute.hidesNotifications}, ${mute.expiresAt})
    on conflict (muter_id, account_id) do update
      set hides_notifications = excluded.hides_notifications, expires_at = excluded.expires_at`.execute(db);
}

export async function deleteMute(db: Db, muterId: string, accountId: string): Promise<void> {
  await sql`delete from mutes where muter_id = ${muterId} and account_id = ${accountId}`.execute(db);
}

export interface ListedMute extends Listed {
  expiresAt: Temporal.Instant | null;
}

/** Whom `muterId` mutes just now, the latest first. */
export async function mutedBy(
  db: Db,
  muterId: string,
  page: Page,
): Promise<ListedMute[]> {
  const { where, tail } = keyset(sql.ref("x.id"), page);
  const { rows } = await sql<ListedMute>`
    select x.id as cursor, x.account_id as id, x.expires_at as "expiresAt"
    from mutes x where x.muter_id = ${muterId} and ${holds("x")} and ${where} ${tail}`.execute(db);
  return newestFirst(rows, page);
}

export async function deleteExpiredMutes(db: Db): Promise<void> {
  await sql`delete from mutes where expires_at <= now()`.execute(db);
}
