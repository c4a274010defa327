import { sql } from "kysely";
import type { Client } from "pg";
import type { Db } from "../base/db.ts";
import { CopyOut } from "./copy_out.ts";
import type { Table } from "./format.ts";

/** A backup that was made, or failed, or is being made. */
export interface BackupRecord {
  name: string;
  place: string;
  startedAt: Temporal.Instant;
  endedAt: Temporal.Instant | null;
  bytes: number | null;
  error: string | null;
  drilledAt: Temporal.Instant | null;
}

export async function insertBackup(
  db: Db,
  backup: Pick<BackupRecord, "name" | "place" | "startedAt">,
): Promise<string> {
  const { rows: [row] } = await sql<{ id: string }>`
    insert into backups (name, place, started_at)
    values (${backup.name}, ${backup.place}, ${backup.startedAt}) returning id`.execute(db);
  return row!.id;
}

export async function finishBackup(
  db: Db,
  id: string,
  { at, bytes, error }: { at: Temporal.Instant; bytes?: number; error?: string },
): Promise<void> {
  await sql`
    update backups set ended_at = ${at}, bytes = ${bytes ?? null}, error = ${error ?? null} where id = ${id}`
    .execute(db);
}

/** The latest ones first. */
export async function latestBackups(db: Db, limit: number): Promise<BackupRecord[]> {
  const { rows } = await sql<BackupRecord>`
    select name, place, started_at as "startedAt", ended_at as "endedAt", bytes::float8 as bytes, error,
      drilled_at as "drilledAt"
    from backups order by started_at desc limit ${limit}`.execute(db);
  return rows;
}

/** When the newest whole one was begun; undefined where there is none. */
export async function lastBackupAt(db: Db): Promise<Temporal.Instant | undefined> {
  const { rows: [row] } = await sql<{ at: Temporal.Instant | null }>`
    select max(started_at) as at from backups where ended_at is not null and error is null`.execute(db);
  return row?.at ?? undefined;
}

export async function setDrilled(db: Db, name: string, at: Temporal.Instant): Promise<void> {
  await sql`update backups set drilled_at = ${at} where name = ${name}`.execute(db);
}

export async function deleteBackupRecords(db: Db, before: Temporal.Instant): Promise<void> {
  await sql`delete from backups where started_at < ${before}`.execute(db);
}

/** Any number, but always the same: of two backups at once the second is refused. */
const turn = 7_249_109;

/** Whether nobody else makes a backup; for as long as this connection lasts, nobody will. */
export async function takeTurn(client: Client): Promise<boolean> {
  const { rows: [row] } = await client.query("select pg_try_advisory_lock($1) as taken", [turn]);
  return row.taken;
}

/** The same spelling of values whatever the database's own settings are. */
export const plainSpelling =
  `set datestyle = 'ISO'; set intervalstyle = 'postgres'; set extra_float_digits = 3;
  set client_encoding = 'UTF8'; set timezone = 'UTC'`;

/** From here on this connection sees everything as it is now, whatever others write meanwhile. */
export async function beginSnapshot(client: Client): Promise<Temporal.Instant> {
  await client.query(plainSpelling);
  await client.query("begin isolation level repeatable read read only");
  const { rows: [row] } = await client.query("select now() as at");
  return row.at;
}

/**
 * Tables whose rows are not copied. Migrations make their own; the cache's rows describe files on this machine's
 * disk, which are fetched again.
 */
export const leftOut = ["migrations", "cached_media"];

/**
 * Every other table of ours with what has to be copied: not what is worked out, nor tables that a crash may empty
 * anyway (`unlogged`).
 */
export async function tablesOf(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
      and not c.relispartition and c.relpersistence = 'p' and c.relname <> all ($1)
      and not exists (select from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    group by c.relname order by c.relname`,
    [leftOut],
  );
  return rows;
}

export async function appliedMigrations(client: Client): Promise<string[]> {
  const { rows } = await client.query("select name from migrations order by number");
  return rows.map((row) => row.name);
}

/** The rows of a table, as text. `rowCount` is there at the end. */
export function copyOut(client: Client, { name, columns }: Table) {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(", ");
  return client.query(new CopyOut(`copy (select ${list} from ${client.escapeIdentifier(name)}) to stdout`));
}

/** What of a job is kept: all that is needed to enqueue it anew, whatever the queue's own tables look like. */
export const jobColumns = [
  ...["identifier", "payload", "queue_name", "run_at", "max_attempts", "key", "priority", "flags"],
];

export function copyOutJobs(client: Client) {
  return client.query(
    new CopyOut(`copy (
    select t.identifier, j.payload, q.queue_name, j.run_at, j.max_attempts, j.key, j.priority,
      (select json_agg(flag) from jsonb_object_keys(j.flags) as flag)
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
    where j.attempts < j.max_attempts order by j.id) to stdout`),
  );
}

/** All media that this snapshot knows of, a page at a time, by key. */
export async function mediaFilesAfter(client: Client, key: string, limit: number) {
  const { rows } = await client.query<{ key: string; extension: string; smallBytes: number | null }>(
    `select key, extension, small_bytes::float8 as "smallBytes" from media_files where key > $1 order by key limit $2`,
    [key, limit],
  );
  return rows;
}

/** The last number that each sequence of ours gave: they are in no snapshot, so this is asked last. */
export async function sequencesOf(client: Client): Promise<Record<string, string>> {
  const { rows } = await client.query(`
    select sequencename as name, coalesce(last_value, start_value)::text as value from pg_sequences
    where schemaname = current_schema() order by 1`);
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}
