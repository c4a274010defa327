import { sql } from "kysely";
import type { Db } from "../base/db.ts";

export interface AuditEntry {
  action: string;
  actorId: string | null;
  actor: string;
  subjectId: string | null;
  details: Record<string, unknown>;
  address: string | null;
  happenedAt: Temporal.Instant;
}

export async function insertAuditEntry(db: Db, entry: AuditEntry): Promise<void> {
  await sql`
    insert into audit_log (action, actor_id, actor, subject_id, details, address, happened_at)
    values (${entry.action}, ${entry.actorId}, ${entry.actor}, ${entry.subjectId},
      ${JSON.stringify(entry.details)}::jsonb, ${entry.address}, ${entry.happenedAt})`.execute(db);
}

/** Forgets from where people came before `before`. */
export async function forgetAddresses(db: Db, before: Temporal.Instant): Promise<void> {
  await sql`
    update audit_log set address = null where address is not null and happened_at < ${before}`.execute(db);
  await sql`
    update sessions set address = null where address is not null and created_at < ${before}`.execute(db);
}

/** Forgets what happened before `before`. */
export async function deleteAuditEntries(db: Db, before: Temporal.Instant): Promise<void> {
  await sql`delete from audit_log where happened_at < ${before}`.execute(db);
}
