import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** The public key of an actor elsewhere, proven to be its owner's. */
export interface RemoteKey {
  id: string;
  ownerUri: string;
  algorithm: "rsa" | "ed25519";
  /** SPKI as PEM. */
  pem: string;
  fetchedAt: Temporal.Instant;
}

/** What we know of a key. */
export interface KnownKey {
  key?: RemoteKey;
  /** When it was last asked for, and could not be had (yet). */
  askedAt?: Temporal.Instant;
}

/** One query, whatever there is to know. */
export async function knownKey(db: Db, id: string): Promise<KnownKey> {
  const { rows: [row] } = await sql<Nullable<RemoteKey> & { askedAt: Temporal.Instant | null }>`
    select k.key_id as id, k.owner_uri as "ownerUri", k.algorithm, k.public_pem as pem,
      k.fetched_at as "fetchedAt", f.failed_at as "askedAt"
    from (select ${id}::text as key_id) asked
      left join remote_keys k on k.key_id = asked.key_id
      left join failed_keys f on f.key_id = asked.key_id`.execute(db);
  const { askedAt, ...key } = row!;
  return { key: key.id === null ? undefined : key as RemoteKey, askedAt: askedAt ?? undefined };
}

type Nullable<T> = { [Name in keyof T]: T[Name] | null };

/** Stores the keys of an actor; those that it does not list any more are gone. Within a transaction. */
export async function replaceKeys(
  db: Db,
  ownerUri: string,
  keys: readonly Omit<RemoteKey, "ownerUri" | "fetchedAt">[],
  at: Temporal.Instant,
): Promise<void> {
  const ids = keys.map((key) => key.id);
  await sql`delete from remote_keys where owner_uri = ${ownerUri} and key_id <> all(${ids}::text[])`.execute(
    db,
  );
  await sql`
    insert into remote_keys (key_id, owner_uri, algorithm, public_pem, fetched_at)
    select key_id, ${ownerUri}, algorithm, public_pem, ${at}
    from unnest(${ids}::text[], ${keys.map((key) => key.algorithm)}::text[],
      ${keys.map((key) => key.pem)}::text[]) as listed (key_id, algorithm, public_pem)
    on conflict (key_id) do update set owner_uri = excluded.owner_uri, algorithm = excluded.algorithm,
      public_pem = excluded.public_pem, fetched_at = excluded.fetched_at`.execute(db);
  await sql`delete from failed_keys where key_id = any(${ids}::text[])`.execute(db);
}

/** Whether nobody has asked for this key since `before`: then it is up to us, and noted. */
export async function takeAsking(
  db: Db,
  keyId: string,
  at: Temporal.Instant,
  before: Temporal.Instant,
): Promise<boolean> {
  const { rows } = await sql`
    insert into failed_keys as f (key_id, failed_at) values (${keyId}, ${at})
    on conflict (key_id) do update set failed_at = excluded.failed_at where f.failed_at < ${before}
    returning 1`.execute(db);
  return rows.length > 0;
}

/** Forgets failures from before that, and keys that nobody has used since, of people we don't know. */
export async function forgetKeys(db: Db, failedBefore: Temporal.Instant, keptSince: Temporal.Instant) {
  await sql`delete from failed_keys where failed_at < ${failedBefore}`.execute(db);
  await sql`
    delete from remote_keys k where fetched_at < ${keptSince}
      and not exists (select 1 from accounts a where a.uri = k.owner_uri)`.execute(db);
}
