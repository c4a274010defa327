import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** What an account has pinned. Pinning takes turns by the account's row, so that two at once count right. */
export async function lockPins(db: Db, accountId: string): Promise<string[]> {
  await sql`select 1 from accounts where id = ${accountId} for update`.execute(db);
  const { rows } = await sql<{ postId: string }>`
    select post_id as "postId" from pins where account_id = ${accountId}`.execute(db);
  return rows.map((row) => row.postId);
}

export async function insertPin(db: Db, accountId: string, postId: string): Promise<void> {
  await sql`insert into pins (account_id, post_id) values (${accountId}, ${postId}) on conflict do nothing`
    .execute(db);
}

/** False where it was not pinned. */
export async function deletePin(db: Db, accountId: string, postId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from pins where account_id = ${accountId} and post_id = ${postId}`.execute(db);
  return numAffectedRows === 1n;
}
