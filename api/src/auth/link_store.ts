import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** What a link that works once is for. */
export type Purpose = "admin" | "confirm" | "reset";

/** Whose a link is, and which address it was sent to: whoever follows it reads what is sent there. */
export interface LinkHolder {
  accountId: string | null;
  email: string | null;
}

/** Links that work once. Only the hash of their token is stored. */
export interface NewLink extends LinkHolder {
  tokenHash: string;
  purpose: Purpose;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant | null;
}

export async function insertLink(db: Db, link: NewLink): Promise<void> {
  await sql`
    insert into one_time_links (token_hash, purpose, account_id, email, created_at, expires_at)
    values (${link.tokenHash}, ${link.purpose}, ${link.accountId}, ${link.email}, ${link.createdAt},
      ${link.expiresAt})`.execute(db);
}

/** The link of this token, as long as it works. */
export async function workingLink(
  db: Db,
  tokenHash: string,
  purpose: Purpose,
  now: Temporal.Instant,
): Promise<LinkHolder | undefined> {
  const { rows } = await sql<LinkHolder>`
    select account_id as "accountId", email from one_time_links
    where token_hash = ${tokenHash} and purpose = ${purpose} and used_at is null
      and (expires_at is null or expires_at > ${now})`.execute(db);
  return rows[0];
}

/** Uses it up; nothing where somebody was faster, or it never worked. */
export async function useLink(
  db: Db,
  tokenHash: string,
  purpose: Purpose,
  now: Temporal.Instant,
): Promise<LinkHolder | undefined> {
  const { rows } = await sql<LinkHolder>`
    update one_time_links set used_at = ${now}
    where token_hash = ${tokenHash} and purpose = ${purpose} and used_at is null
      and (expires_at is null or expires_at > ${now})
    returning account_id as "accountId", email`.execute(db);
  return rows[0];
}

export async function deleteLinks(db: Db, purpose: Purpose): Promise<void> {
  await sql`delete from one_time_links where purpose = ${purpose}`.execute(db);
}

/** Ends what was sent to this member for that, and not used yet. */
export async function deleteLinksOf(db: Db, accountId: string, purpose: Purpose): Promise<void> {
  await sql`
    delete from one_time_links
    where account_id = ${accountId} and purpose = ${purpose} and used_at is null`.execute(db);
}

/** Takes away what was used or has expired before `before`. */
export async function deleteSpentLinks(db: Db, before: Temporal.Instant): Promise<void> {
  await sql`
    delete from one_time_links where used_at < ${before} or expires_at < ${before}`.execute(db);
}
