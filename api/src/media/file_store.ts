import { type RawBuilder, sql } from "kysely";
import type { Db } from "../base/db.ts";

/** Something that is kept under a key. */
export interface KeptFile {
  key: string;
  extension: string;
  originalBytes: number;
  /** Null where there is no preview. */
  smallBytes: number | null;
  isInBucket: boolean;
}

const columns = sql`
  f.key, f.extension, f.original_bytes::float8 as "originalBytes", f.small_bytes::float8 as "smallBytes",
  f.in_bucket_since is not null as "isInBucket"`;

export interface NewFile {
  key: string;
  extension: string;
  contentType: string;
  originalBytes: number;
  smallBytes: number | null;
  at: Temporal.Instant;
}

export async function insertFile(db: Db, file: NewFile): Promise<void> {
  await sql`
    insert into media_files (key, extension, content_type, original_bytes, small_bytes, due_at, created_at)
    values (${file.key}, ${file.extension}, ${file.contentType}, ${file.originalBytes}, ${file.smallBytes},
      ${file.at}, ${file.at})`.execute(db);
}

export async function fileByKey(db: Db, key: string): Promise<KeptFile | undefined> {
  return (await filesByKey(db, [key])).get(key);
}

/** Those of these files that the bucket has not got and that are due, those first that have waited longest. */
export async function filesToStore(
  db: Db,
  keys: readonly string[],
  now: Temporal.Instant,
): Promise<KeptFile[]> {
  const { rows } = await sql<KeptFile>`
    select ${columns} from media_files f
    where f.key = any(${keys}::text[]) and f.in_bucket_since is null and f.due_at <= ${now}
    order by f.due_at`.execute(db);
  return rows;
}

export async function markInBucket(db: Db, key: string, at: Temporal.Instant): Promise<void> {
  await sql`update media_files set in_bucket_since = ${at} where key = ${key}`.execute(db);
}

/** The bucket did not take it: it is asked again after a minute, then after two, and at last every hour. */
export async function postpone(db: Db, key: string, now: Temporal.Instant): Promise<void> {
  await sql`
    update media_files set attempts = attempts + 1,
      due_at = ${now}::timestamptz + least(interval '1 hour', interval '1 minute' * power(2, least(attempts, 10)))
    where key = ${key}`.execute(db);
}

/** Whether nothing names the file of the row `f` any more. */
const isUnused: RawBuilder<boolean> = sql`(
  not exists (select 1 from attachments t where t.file_key = f.key or t.preview_key = f.key)
  and not exists (select 1 from accounts a where a.avatar_key = f.key)
  and not exists (select 1 from accounts a where a.header_key = f.key)
  and not exists (select 1 from emojis e where e.file_key = f.key))`;

/** Files that nothing names, and that are no longer being put to use. */
export async function unusedFiles(db: Db, before: Temporal.Instant, limit: number): Promise<KeptFile[]> {
  const { rows } = await sql<KeptFile>`
    select ${columns} from media_files f
    where f.created_at < ${before} and ${isUnused} order by f.key limit ${limit}::int`.execute(db);
  return rows;
}

export async function deleteFile(db: Db, key: string): Promise<void> {
  await sql`delete from media_files f where f.key = ${key} and ${isUnused}`.execute(db);
}

/** Uploads that no post has taken since then go, and so do their failures. Answers how many. */
export async function deleteLoose(db: Db, before: Temporal.Instant): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from attachments where loose_since < ${before} and post_id is null`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** What is kept, in numbers. */
export interface Usage {
  files: number;
  bytes: number;
  /** Of these, what the bucket has not got yet. */
  waitingFiles: number;
  waitingBytes: number;
}

export async function usage(db: Db): Promise<Usage> {
  const { rows: [row] } = await sql<Usage>`
    select count(*)::int as files, coalesce(sum(original_bytes + coalesce(small_bytes, 0)), 0)::float8 as bytes,
      (count(*) filter (where in_bucket_since is null))::int as "waitingFiles",
      coalesce(sum(original_bytes + coalesce(small_bytes, 0)) filter (where in_bucket_since is null), 0)::float8
        as "waitingBytes"
    from media_files`.execute(db);
  return row!;
}

/** All that is kept, a page at a time, by key. */
export async function filesAfter(db: Db, key: string, limit: number): Promise<KeptFile[]> {
  const { rows } = await sql<KeptFile>`
    select ${columns} from media_files f where f.key > ${key} order by f.key limit ${limit}::int`.execute(db);
  return rows;
}

/** Those of these keys that are known. */
export async function filesByKey(db: Db, keys: readonly string[]): Promise<Map<string, KeptFile>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql<KeptFile>`
    select ${columns} from media_files f where f.key = any(${keys}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.key, row]));
}

/** What a file that is lost was shown by shows nothing any more: people have no picture, posts say so. */
export async function forgetFile(db: Db, key: string): Promise<void> {
  await sql`
    update attachments set file_key = null, state = 'failed', failure = 'The file was lost'
    where file_key = ${key}`.execute(db);
  await sql`update attachments set preview_key = null where preview_key = ${key}`.execute(db);
  await sql`update accounts set avatar_key = null where avatar_key = ${key}`.execute(db);
  await sql`update accounts set header_key = null where header_key = ${key}`.execute(db);
  await sql`delete from emojis where file_key = ${key}`.execute(db);
  await deleteFile(db, key);
}
