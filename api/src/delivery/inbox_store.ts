import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { ActivityType } from "./activities.ts";

/** The channel on which API processes hear that something came in. */
export const inboxChannel = "riff_inbox";

/** An activity that came in, proven to come from its actor. */
export interface Arrival {
  activityUri: string;
  actorUri: string;
  host: string;
  type: ActivityType;
  body: string;
}

/** Stores it; false where it is known already. */
export async function insertArrival(db: Db, arrival: Arrival, at: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`
    insert into inbox (activity_uri, actor_uri, host, type, body, received_at, due_at)
    values (${arrival.activityUri}, ${arrival.actorUri}, ${arrival.host}, ${arrival.type}, ${arrival.body},
      ${at}, ${at})
    on conflict (activity_uri) do nothing returning 1`.execute(db);
  return rows.length > 0;
}

/**
 * Wakes whoever works the inbox off. By itself, because PostgreSQL lets transactions that notify commit only one
 * after the other: a burst would wait for the disk once for each activity.
 */
export async function wakeReceivers(db: Db): Promise<void> {
  await sql`select pg_notify(${inboxChannel}, '')`.execute(db);
}

/** One that is being worked on. */
export type Claimed = Arrival & { id: string; attempts: number };

export interface InboxClaim {
  /** At most so many, and at most so many of one host. */
  limit: number;
  perHost: number;
  /** Hosts of which as many as may be are being worked on. */
  busy: readonly string[];
  at: Temporal.Instant;
  /** The number of this process, where it has shown that it lives. */
  by?: number;
}

/** Seconds after which a claim is void, whoever made it. */
const claimLasts = 120;

/** Claims are made one after the other, so that no two processes ever work for one actor. */
const turn = 7_249_107;

/**
 * Takes activities that are due, oldest first, fair to hosts. While something of an actor is being worked on,
 * nothing else of theirs is taken: what they did happens in their order. Within a transaction.
 */
export async function claimArrivals(db: Db, claim: InboxClaim): Promise<Claimed[]> {
  const { at, busy, by, limit, perHost } = claim;
  await sql`select pg_advisory_xact_lock(${turn})`.execute(db);
  const { rows } = await sql<Claimed>`
    with recursive hosts as (
      (select host from inbox where done_at is null order by host limit 1)
      union all
      select (select i.host from inbox i where i.done_at is null and i.host > h.host order by i.host limit 1)
      from hosts h where h.host is not null
    ),
    due as (
      select d.id, row_number() over (partition by hosts.host order by d.due_at, d.id) as place, d.due_at
      from hosts cross join lateral (
        select i.id, i.due_at from inbox i
        where i.host = hosts.host and i.done_at is null and i.due_at <= ${at}
          and not exists (
            select 1 from inbox b where b.actor_uri = i.actor_uri and b.claimed_until > ${at})
        order by i.due_at, i.id limit ${perHost}::int) d
      where hosts.host is not null and hosts.host <> all(${busy}::text[])
    )
    update inbox i set claimed_until = ${at.add({ seconds: claimLasts })}, claimed_by = ${by ?? null}::int,
      attempts = attempts + 1
    from (select id from due order by place, due_at, id limit ${limit}::int) chosen
    where i.id = chosen.id
    returning i.id, i.activity_uri as "activityUri", i.actor_uri as "actorUri", i.host, i.type, i.body,
      i.attempts`.execute(db);
  return rows.sort((one, other) => BigInt(one.id) < BigInt(other.id) ? -1 : 1);
}

/** What came of one: it is done with, and why, if it had no effect. */
export interface Finished {
  id: string;
  error?: string;
}

/** These are done with: their bodies go, their names stay a while. */
export async function finishArrivals(
  db: Db,
  finished: readonly Finished[],
  at: Temporal.Instant,
): Promise<void> {
  await sql`
    update inbox i set done_at = ${at}, body = null, claimed_until = null, claimed_by = null,
      last_error = f.error
    from unnest(${finished.map((one) => one.id)}::bigint[], ${
    finished.map((one) => one.error ?? null)
  }::text[])
      as f (id, error)
    where i.id = f.id`.execute(db);
}

/** To be tried again then. */
export async function postponeArrival(
  db: Db,
  id: string,
  dueAt: Temporal.Instant,
  error: string,
): Promise<void> {
  await sql`
    update inbox set claimed_until = null, claimed_by = null, due_at = ${dueAt}, last_error = ${error}
    where id = ${id}`.execute(db);
}

/** Gives back what was claimed and not begun. */
export async function releaseArrivals(db: Db, ids: readonly string[]): Promise<void> {
  await sql`
    update inbox set claimed_until = null, claimed_by = null, attempts = attempts - 1
    where id = any(${ids}::bigint[])`.execute(db);
}

/** The first half of the lock that says a process lives; the second is its number. */
const presence = 7_249_108;

/** The statement that shows, for as long as its connection lasts, that the process of that number lives. */
export function presenceOf(by: number): string {
  return `select pg_advisory_lock(${presence}, ${by})`;
}

/** Frees what processes had claimed that have died. */
export async function releaseForDead(db: Db): Promise<void> {
  await sql`
    with dead as (
      select by from (select distinct claimed_by as by from inbox where claimed_until is not null) claims
      where by is not null and pg_try_advisory_xact_lock(${presence}, by))
    update inbox set claimed_until = null, claimed_by = null
    from dead where claimed_until is not null and claimed_by = dead.by`.execute(db);
}

/** How much of each host has yet to be done. Bytes as they are stored: activities are, in part, compressed. */
export async function arrivalsWaiting(
  db: Db,
): Promise<{ host: string; activities: number; bytes: number }[]> {
  const { rows } = await sql<{ host: string; activities: number; bytes: number }>`
    select host, count(*)::int as activities, sum(pg_column_size(body))::float8 as bytes
    from inbox where done_at is null group by host`.execute(db);
  return rows;
}

/** When the next one is due; undefined where none is. */
export async function nextArrivalAt(db: Db): Promise<Temporal.Instant | undefined> {
  const { rows: [row] } = await sql<{ at: Temporal.Instant | null }>`
    select min(greatest(due_at, claimed_until)) as at from inbox where done_at is null`.execute(db);
  return row?.at ?? undefined;
}

/** Forgets what was done with before then. */
export async function deleteFinished(db: Db, before: Temporal.Instant): Promise<void> {
  await sql`delete from inbox where done_at < ${before}`.execute(db);
}
