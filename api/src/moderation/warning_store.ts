import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Warning } from "./warning.ts";

const columns = sql`
  w.id, w.account_id as "accountId", w.action, w.text, w.post_ids::text[] as "postIds",
  w.created_at as "createdAt"`;

export async function insertWarning(db: Db, warning: Omit<Warning, "id">): Promise<Warning> {
  const { accountId, action, text, postIds, createdAt } = warning;
  const { rows: [row] } = await sql<{ id: string }>`
    insert into warnings (account_id, action, text, post_ids, created_at)
    values (${accountId}, ${action}, ${text}, ${postIds}::bigint[], ${createdAt})
    returning id`.execute(db);
  return { ...warning, id: row!.id };
}

export async function warningsById(db: Db, ids: readonly string[]): Promise<Map<string, Warning>> {
  const { rows } = await sql<Warning>`
    select ${columns} from warnings w where w.id = any(${ids}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
