import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Field } from "./account.ts";

/** Changes the rows of a profile, unless they are no longer what they were. */
export async function updateFields(
  db: Db,
  accountId: string,
  before: readonly Field[],
  fields: readonly Field[],
): Promise<void> {
  await sql`
    update accounts set fields = ${JSON.stringify(fields)}::jsonb
    where id = ${accountId} and fields = ${JSON.stringify(before)}::jsonb`.execute(db);
}

/** Null: there is none to look at. */
export async function noteLinksChecked(
  db: Db,
  accountId: string,
  at: Temporal.Instant | null,
): Promise<void> {
  await sql`update accounts set links_checked_at = ${at} where id = ${accountId}`.execute(db);
}

/** Those whose links were not looked at since `before`, the longest waiting first; noted as looked at now. */
export async function takeDueLinks(
  db: Db,
  before: Temporal.Instant,
  now: Temporal.Instant,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update accounts set links_checked_at = ${now}
    where id in (
      select id from accounts
      where links_checked_at < ${before} and suspended_at is null and deleted_at is null
      order by links_checked_at limit ${limit}::int for update skip locked)
    returning id`.execute(db);
  return rows.map((row) => row.id);
}
