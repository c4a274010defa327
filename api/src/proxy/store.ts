import { type RawBuilder, sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { RemoteThing } from "../media/addresses.ts";

/** Something of another server's: where it is there, and what we have of it. */
export interface Shown {
  url: string;
  /** What there is of it in the cache, or that there was nothing to be had. */
  cached: Cached | null;
}

export interface Cached {
  /** Null: it could not be had. */
  contentType: string | null;
  bytes: number;
  retryAt: Temporal.Instant | null;
  attempts: number;
  lastUsedAt: Temporal.Instant;
}

/** Where each kind of thing says that its picture is. */
function addressOf({ what, id, isSmall }: RemoteThing): RawBuilder<{ url: string }> {
  switch (what) {
    case "attachment":
      return isSmall
        ? sql`select coalesce(remote_preview_url, case when kind = 'image' then remote_url end) as url
            from attachments where id = ${id} and file_key is null`
        : sql`select remote_url as url from attachments where id = ${id} and file_key is null`;
    case "avatar":
      return sql`select avatar_url as url from accounts
        where id = ${id} and avatar_key is null and suspended_at is null`;
    case "header":
      return sql`select header_url as url from accounts
        where id = ${id} and header_key is null and suspended_at is null`;
    case "emoji":
      return sql`select remote_url as url from emojis where id = ${id} and file_key is null`;
    case "card":
      return sql`select image_url as url from cards where id = ${id}`;
  }
}

/** Undefined where nothing of that name is shown. */
export async function shownAs(db: Db, thing: RemoteThing, name: string): Promise<Shown | undefined> {
  const { rows: [row] } = await sql<{ url: string; isCached: boolean } & Cached>`
    select t.url, m.name is not null as "isCached", m.content_type as "contentType",
      coalesce(m.bytes, 0)::float8 as bytes, m.retry_at as "retryAt", m.attempts, m.last_used_at as "lastUsedAt"
    from (${addressOf(thing)}) t left join cached_media m on m.name = ${name} and m.url = t.url
    where t.url is not null`.execute(db);
  if (!row) return undefined;
  const { url, isCached, ...cached } = row;
  return { url, cached: isCached ? cached : null };
}

export async function noteUsed(db: Db, name: string, at: Temporal.Instant): Promise<void> {
  await sql`update cached_media set last_used_at = ${at} where name = ${name}`.execute(db);
}

export interface NewlyCached {
  name: string;
  url: string;
  contentType: string;
  bytes: number;
  at: Temporal.Instant;
}

/** Whoever makes room takes turns, so that all of them together stay below the cap. */
const turn = 7_249_109;

/**
 * Notes what is about to be kept, and makes room for it below `cap` bytes: answers the names of what was forgotten
 * for that, what was looked at longest ago first. Within a transaction.
 */
export async function insertCached(db: Db, cached: NewlyCached, cap: number): Promise<string[]> {
  await sql`select pg_advisory_xact_lock(${turn})`.execute(db);
  await sql`
    insert into cached_media (name, url, content_type, bytes, fetched_at, last_used_at)
    values (${cached.name}, ${cached.url}, ${cached.contentType}, ${cached.bytes}, ${cached.at}, ${cached.at})
    on conflict (name) do update set url = excluded.url, content_type = excluded.content_type,
      bytes = excluded.bytes, retry_at = null, attempts = 0, fetched_at = excluded.fetched_at,
      last_used_at = excluded.last_used_at`.execute(db);
  return await makeRoom(db, cap);
}

/** Forgets what was looked at longest ago until the rest is no more than `cap` bytes. Answers its names. */
export async function makeRoom(db: Db, cap: number): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    with total as (select coalesce(sum(bytes), 0) as bytes from cached_media),
    oldest as (
      select name, sum(bytes) over (order by last_used_at, name) - bytes as before
      from (select name, bytes, last_used_at from cached_media
        where (select bytes from total) > ${cap} and bytes > 0 order by last_used_at, name limit 5000) old
    )
    delete from cached_media m using oldest, total
    where m.name = oldest.name and oldest.before < total.bytes - ${cap}
    returning m.name`.execute(db);
  return rows.map((row) => row.name);
}

/** It could not be had, and is not asked for again before then. */
export async function insertMissing(
  db: Db,
  missing: { name: string; url: string; retryAt: Temporal.Instant; at: Temporal.Instant },
): Promise<void> {
  await sql`
    insert into cached_media as m (name, url, retry_at, attempts, fetched_at, last_used_at)
    values (${missing.name}, ${missing.url}, ${missing.retryAt}, 1, ${missing.at}, ${missing.at})
    on conflict (name) do update set url = excluded.url, content_type = null, bytes = 0,
      retry_at = excluded.retry_at, attempts = case when m.url = excluded.url then m.attempts + 1 else 1 end,
      fetched_at = excluded.fetched_at, last_used_at = excluded.last_used_at`.execute(db);
}

/** Forgets what nobody asked for again since then that could not be had. */
export async function forgetMissing(db: Db, before: Temporal.Instant): Promise<void> {
  await sql`delete from cached_media where content_type is null and last_used_at < ${before}`.execute(db);
}

export async function forgetCached(db: Db, names: readonly string[]): Promise<void> {
  await sql`delete from cached_media where name = any(${names}::text[])`.execute(db);
}

/** The names of what the cache holds, a page at a time. */
export async function cachedNamesAfter(db: Db, name: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from cached_media where name > ${name} and content_type is not null
    order by name limit ${limit}::int`.execute(db);
  return rows.map((row) => row.name);
}

/** What the cache holds. */
export async function cacheUsage(db: Db): Promise<{ files: number; bytes: number }> {
  const { rows: [row] } = await sql<{ files: number; bytes: number }>`
    select count(*)::int as files, coalesce(sum(bytes), 0)::float8 as bytes from cached_media
    where content_type is not null`.execute(db);
  return row!;
}
