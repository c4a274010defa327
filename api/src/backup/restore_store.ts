import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Table } from "./format.ts";
import { jobColumns } from "./store.ts";

/** All SQL that fills a database from a backup. */

/** Whether somebody lives in this database: an empty schema, or a server that was only just begun, is none's. */
export async function isInhabited(client: Client): Promise<boolean> {
  const { rows: [known] } = await client.query("select to_regclass('members') is not null as yes");
  if (!known.yes) return false;
  const { rows: [row] } = await client.query("select exists (select from members) as yes");
  return row.yes;
}

/** Which of riff's processes use this database just now, as `pg_stat_activity` names them. */
export async function usersOf(client: Client): Promise<string[]> {
  const { rows } = await client.query(`
    select distinct application_name as name from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
      and application_name ~ '^riff (api|inbox|worker)' order by 1`);
  return rows.map(({ name }) => name);
}

/** Removes all that riff has made in here. Extensions stay: a managed database may not let us make them anew. */
export async function clear(client: Client): Promise<void> {
  await client.query(`
    set lock_timeout = '10s';
    drop schema if exists graphile_worker cascade;
    do $$
    declare thing record;
    begin
      for thing in
        select case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
          else 'table' end as kind, c.oid::regclass as name
        from pg_class c
        where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
          and not exists (select from pg_depend d
            where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('e', 'i', 'a'))
      loop
        execute format('drop %s if exists %s cascade', thing.kind, thing.name);
      end loop;
      for thing in
        select p.oid::regprocedure as name from pg_proc p
        where p.pronamespace = current_schema()::regnamespace and not exists (select from pg_depend d
          where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
      loop
        execute format('drop routine if exists %s cascade', thing.name);
      end loop;
      for thing in
        select t.oid::regtype as name from pg_type t
        where t.typnamespace = current_schema()::regnamespace and t.typtype in ('e', 'd')
          and not exists (select from pg_depend d
            where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
      loop
        execute format('drop type if exists %s cascade', thing.name);
      end loop;
      for thing in
        select c.oid::regconfig as name from pg_ts_config c
        where c.cfgnamespace = current_schema()::regnamespace and not exists (select from pg_depend d
          where d.classid = 'pg_ts_config'::regclass and d.objid = c.oid and d.deptype = 'e')
      loop
        execute format('drop text search configuration if exists %s cascade', thing.name);
      end loop;
    end $$;
    set lock_timeout = default`);
}

/** A rule that ties tables together, as it has to be written to be made again. */
export interface Tie {
  table: string;
  name: string;
  definition: string;
}

/**
 * Unties all tables and silences their triggers, so that they can be filled in any order and hold what was, not what
 * follows from it. Answers what `tie` needs.
 */
export async function untie(client: Client): Promise<Tie[]> {
  const { rows } = await client.query<Tie>(`
    select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint
    where contype = 'f' and connamespace = current_schema()::regnamespace and conparentid = 0 order by 1, 2`);
  for (const { table, name } of rows) {
    await client.query(`alter table ${table} drop constraint ${client.escapeIdentifier(name)}`);
  }
  await eachTable(client, "disable trigger user");
  return rows;
}

/** Ties them again. PostgreSQL looks at every row: what does not fit together is refused. */
export async function tie(client: Client, ties: readonly Tie[]): Promise<void> {
  for (const { table, name, definition } of ties) {
    await client.query(`alter table ${table} add constraint ${client.escapeIdentifier(name)} ${definition}`);
  }
  await eachTable(client, "enable trigger user");
}

async function eachTable(client: Client, what: string): Promise<void> {
  const { rows } = await client.query(`
    select distinct tgrelid::regclass::text as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and c.relnamespace = current_schema()::regnamespace`);
  for (const { name } of rows) await client.query(`alter table ${name} ${what}`);
}

/** Rows that migrations have put there already: the backup has them, too. */
export async function emptyTable(client: Client, name: string): Promise<void> {
  await client.query(`delete from ${client.escapeIdentifier(name)}`);
}

/** Takes the rows of a table as `copyOut` gave them. `rowCount` is there at the end. */
export function copyIn(client: Client, { name, columns }: Table) {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(", ");
  return client.query(copyFrom(`copy ${client.escapeIdentifier(name)} (${list}) from stdin`));
}

/** Where jobs wait until all else is there. */
export const waitingJobs: Table = { name: "restored_jobs", columns: jobColumns };

export async function makeWaitingJobs(client: Client): Promise<void> {
  await client.query(`create temp table restored_jobs (
    identifier text, payload json, queue_name text, run_at timestamptz, max_attempts int, key text, priority int,
    flags json) on commit drop`);
}

/** Gives them to the queue of this database. */
export async function enqueueWaitingJobs(client: Client): Promise<void> {
  await client.query(`
    select count(graphile_worker.add_job(identifier, payload, queue_name, run_at, max_attempts, key, priority,
      (select array_agg(flag) from json_array_elements_text(flags) as flag))) from restored_jobs`);
}

/** All media have just been put into the folder: the worker brings them to the bucket again, where there is one. */
export async function mediaLieInFolder(client: Client): Promise<void> {
  await client.query("update media_files set in_bucket_since = null, attempts = 0, due_at = now()");
}

/** How far a sequence jumps: what was given after the backup was made must not be given again. */
const jump = 1_000_000;

export async function setSequences(client: Client, sequences: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(sequences)) {
    await client.query("select setval(format('%I', $1::text)::regclass, $2)", [
      name,
      String(BigInt(value) + BigInt(jump)),
    ]);
  }
}

export async function countRows(client: Client, name: string): Promise<number> {
  const { rows: [row] } = await client.query(
    `select count(*)::float8 as count from ${client.escapeIdentifier(name)}`,
  );
  return row.count;
}

/** Rules that are not held against every row: there must be none. */
export async function untestedRules(client: Client): Promise<string[]> {
  const { rows } = await client.query(`
    select format('%s.%s', conrelid::regclass, conname) as name from pg_constraint
    where not convalidated and connamespace = current_schema()::regnamespace
    union all
    select indexrelid::regclass::text from pg_index join pg_class c on c.oid = indexrelid
    where not indisvalid and c.relnamespace = current_schema()::regnamespace`);
  return rows.map(({ name }) => name);
}

/** By how much this database's clock is behind that time, in seconds; 0 where it is not. */
export async function clockBehind(client: Client, time: string): Promise<number> {
  const { rows: [row] } = await client.query(
    "select greatest(0, extract(epoch from $1::timestamptz - clock_timestamp()))::float8 as seconds",
    [time],
  );
  return row.seconds;
}

/** Some of those who have keys. */
export async function someWithKeys(client: Client, limit: number): Promise<string[]> {
  const { rows } = await client.query(
    "select account_id as id from account_keys order by random() limit $1",
    [limit],
  );
  return rows.map(({ id }) => id);
}

export async function analyze(client: Client): Promise<void> {
  await client.query("analyze");
}

/** A database beside this one, of its own for a drill. Throws PostgreSQL's 42501 where we may not make any. */
export async function makeScratch(client: Client, name: string): Promise<void> {
  await client.query(`create database ${client.escapeIdentifier(name)} template template0`);
}

export async function dropScratch(client: Client, name: string): Promise<void> {
  await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
}
