import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** What the database says of itself. */
export interface DatabaseState {
  /** Such as 150008. */
  version: number;
  maxConnections: number;
  /** Of those, what only superusers get. */
  reserved: number;
  connections: number;
  bytes: number;
  encoding: string;
  /** Whether it knows letters beyond English: search and handles rely on it. */
  knowsLetters: boolean;
  /** Now, by its clock. */
  now: Temporal.Instant;
  /** Statements of riff's that have run for too long, and transactions that have stood still for too long. */
  slow: number;
  idle: number;
}

/** `slow` and `idle`: seconds after which it is too long. */
export async function databaseState(db: Db, { slow = 30, idle = 60 } = {}): Promise<DatabaseState> {
  const { rows: [row] } = await sql<DatabaseState>`
    select current_setting('server_version_num')::int as version,
      current_setting('max_connections')::int as "maxConnections",
      current_setting('superuser_reserved_connections')::int as reserved,
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
      pg_database_size(current_database())::float8 as bytes,
      pg_encoding_to_char(encoding) as encoding, lower('Ä') = 'ä' as "knowsLetters", clock_timestamp() as now,
      (select count(*)::int from pg_stat_activity where datname = current_database() and state = 'active'
        and application_name like 'riff %' and application_name !~ '(backup|restore|drill)'
        and pid <> pg_backend_pid() and query_start < clock_timestamp() - make_interval(secs => ${slow})) as slow,
      (select count(*)::int from pg_stat_activity where datname = current_database()
        and state = 'idle in transaction'
        and state_change < clock_timestamp() - make_interval(secs => ${idle})) as idle
    from pg_database where datname = current_database()`.execute(db);
  return row!;
}

/** Extensions that we need and that are not there. */
export async function missingExtensions(db: Db, needed: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${needed}::text[]) as name
    where not exists (select from pg_extension where extname = name)`.execute(db);
  return rows.map(({ name }) => name);
}

/** Tables of which much is dead rows that nobody has cleared away. */
export async function bloated(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_stat_user_tables
    where n_dead_tup > 100000 and n_dead_tup > n_live_tup / 2 order by n_dead_tup desc limit 5`.execute(db);
  return rows.map(({ name }) => name);
}

/** The tables that take most, with their indexes and what lies beside them; bytes. */
export async function largestTables(db: Db): Promise<{ name: string; bytes: number }[]> {
  const { rows } = await sql<{ name: string; bytes: number }>`
    select relname as name, pg_total_relation_size(relid)::float8 as bytes
    from pg_stat_user_tables order by 2 desc limit 3`.execute(db);
  return rows;
}

/** Something that waits for longer than it should. */
export interface Delay {
  queue: "inbox" | "deliveries" | "jobs" | "mails";
  count: number;
  since: Temporal.Instant;
}

/** What has been due since before `before`, by queue. */
export async function delays(db: Db, before: Temporal.Instant): Promise<Delay[]> {
  const { rows } = await sql<Delay>`
    select 'inbox' as queue, count(*)::int as count, min(due_at) as since from inbox
      where done_at is null and due_at < ${before}
    union all select 'deliveries', count(*)::int, min(due_at) from deliveries where due_at < ${before}
    union all select 'jobs', count(*)::int, min(run_at) from graphile_worker._private_jobs
      where attempts < max_attempts and locked_at is null and run_at < ${before}
    union all select 'mails', count(*)::int, min(due_at) from mails
      where state = 'waiting' and due_at < ${before}`.execute(db);
  return rows.filter(({ count }) => count > 0);
}
