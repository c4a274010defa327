import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** What a link that works once is for. */
export type Purpose = "admin";

/** Links that work once. Only the hash of their token is stored. */
export interface NewLink {
  tokenHash: string;
  purpose: Purpose;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant | null;
}

export async function insertLink(db: Db, link: NewLink): Promise<void> {
  await sql`
    insert into one_time_links (token_hash, purpose, created_at, expires_at)
    values (${link.tokenHash}, ${link.purpose}, ${link.createdAt}, ${link.expiresAt})`.execute(db);
}

/** Whether such a link exists, and still works. */
export async function linkWorks(
  db: Db,
  tokenHash: string,
  purpose: Purpose,
  now: Temporal.Instant,
): Promise<boolean> {
  const { rows } = await sql`
    select from one_time_links
    where token_hash = ${tokenHash} and purpose = ${purpose} and used_at is null
      and (expires_at is null or expires_at > ${now})`.execute(db);
  return rows.length > 0;
}

/** Uses it up; false where somebody was faster, or it never worked. */
export async function useLink(
  db: Db,
  tokenHash: string,
  purpose: Purpose,
  now: Temporal.Instant,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update one_time_links set used_at = ${now}
    where token_hash = ${tokenHash} and purpose = ${purpose} and used_at is null
      and (expires_at is null or expires_at > ${now})`.execute(db);
  return numAffectedRows === 1n;
}

export async function deleteLinks(db: Db, purpose: Purpose): Promise<void> {
  await sql`delete from one_time_links where purpose = ${purpose}`.execute(db);
}

/** Takes away what was used or has expired before `before`. */
export async function deleteSpentLinks(db: Db, before: Temporal.Instant): Promise<void> {
  await sql`
    delete from one_time_links where used_at < ${before} or expires_at < ${before}`.execute(db);
}
