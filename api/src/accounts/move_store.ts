import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** The other accounts that this one says are its owner's, by their URIs. */
export async function aliasesOf(db: Db, id: string): Promise<string[]> {
  const { rows: [row] } = await sql<{ aliases: string[] }>`
    select also_known_as as aliases from accounts where id = ${id}`.execute(db);
  return row?.aliases ?? [];
}

/** False where it was there already. */
export async function insertAlias(db: Db, id: string, uri: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update accounts set also_known_as = also_known_as || ${uri}::text
    where id = ${id} and ${uri} <> all(also_known_as)`.execute(db);
  return numAffectedRows === 1n;
}

/** False where there was none. */
export async function deleteAlias(db: Db, id: string, uri: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update accounts set also_known_as = array_remove(also_known_as, ${uri})
    where id = ${id} and ${uri} = any(also_known_as)`.execute(db);
  return numAffectedRows === 1n;
}

/** Where an account lives on; null: it has come back. */
export async function updateMovedTo(db: Db, id: string, targetId: string | null): Promise<void> {
  await sql`update accounts set moved_to_id = ${targetId} where id = ${id}`.execute(db);
}

/** Where everybody elsewhere can be reached: one address for each server that has one for all. */
export async function knownInboxes(db: Db): Promise<string[]> {
  const { rows } = await sql<{ inbox: string }>`
    select distinct coalesce(shared_inbox_uri, inbox_uri) as inbox from accounts
    where domain is not null and deleted_at is null and inbox_uri is not null`.execute(db);
  return rows.map((row) => row.inbox);
}
