import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** An activity on its way to one inbox. */
export interface Delivery {
  id: string;
  activityId: string;
  inboxUri: string;
  host: string;
  attempts: number;
}

/** What a delivery carries, and who signs it. */
export interface Parcel {
  activityId: string;
  body: string;
  actorId: string;
  actorUri: string;
}

/** Seconds after which a claim is void: whoever made it has died. */
const claimLasts = 120;

export interface Claim {
  /** At most so many, and at most so many to one host. */
  limit: number;
  perHost: number;
  /** Hosts that have as many under way as they may. */
  busy: readonly string[];
  at: Temporal.Instant;
}

/** Takes deliveries that are due, urgent lanes first, fair to hosts. No two workers get the same. */
export async function claimDeliveries(db: Db, claim: Claim): Promise<Delivery[]> {
  const { limit, perHost, busy, at } = claim;
  const { rows } = await sql<Delivery>`
    with due as (
      select id, host, lane, due_at from deliveries
      where due_at <= ${at} and (claimed_until is null or claimed_until < ${at})
        and host <> all(${busy}::text[])
      order by lane, due_at limit ${limit * 4}::int for update skip locked
    ),
    chosen as (
      select id from (
        select id, lane, due_at, row_number() over (partition by host order by lane, due_at, id) as turn from due
      ) ranked
      where turn <= ${perHost}::int order by lane, due_at, id limit ${limit}::int
    )
    update deliveries d set claimed_until = ${at.add({ seconds: claimLasts })}
    from chosen where d.id = chosen.id
    returning d.id, d.activity_id as "activityId", d.inbox_uri as "inboxUri", d.host, d.attempts`.execute(db);
  return rows;
}

export async function parcelsOf(db: Db, activityIds: readonly string[]): Promise<Parcel[]> {
  const { rows } = await sql<Parcel>`
    select v.id as "activityId", v.body, a.id as "actorId", a.uri as "actorUri"
    from activities v join accounts a on a.id = v.actor_id
    where v.id = any(${activityIds}::bigint[])`.execute(db);
  return rows;
}

/** These need not be sent any more: they have arrived, or never will. */
export async function deleteDeliveries(db: Db, ids: readonly string[]): Promise<void> {
  await sql`delete from deliveries where id = any(${ids}::bigint[])`.execute(db);
}

/** Gives back what was claimed and not sent. */
export async function releaseDeliveries(db: Db, ids: readonly string[]): Promise<void> {
  await sql`update deliveries set claimed_until = null where id = any(${ids}::bigint[])`.execute(db);
}

/** To be tried again then. */
export async function postponeDelivery(db: Db, id: string, dueAt: Temporal.Instant): Promise<void> {
  await sql`
    update deliveries set attempts = attempts + 1, claimed_until = null, due_at = ${dueAt}
    where id = ${id}`.execute(db);
}

/** These hosts took what was sent: whatever was wrong with them is over. */
export async function noteDelivered(db: Db, hosts: readonly string[], at: Temporal.Instant): Promise<void> {
  await sql`
    insert into servers (host, last_delivered_at) select host, ${at} from unnest(${hosts}::text[]) as host
    order by host
    on conflict (host) do update set last_delivered_at = excluded.last_delivered_at, failing_since = null,
      failures = 0, retry_at = null, last_error = null`.execute(db);
}

/**
 * A host does not answer as it should. Answers how often in a row that has happened now. A failure of what
 * was sent before the last one was noted says nothing new.
 */
export async function noteFailed(
  db: Db,
  failure: { host: string; error: string; at: Temporal.Instant },
): Promise<number> {
  const { host, error, at } = failure;
  const { rows: [row] } = await sql<{ failures: number }>`
    insert into servers as s (host, failing_since, failures, last_error)
    values (${host}, ${at}, 1, ${error})
    on conflict (host) do update set last_error = excluded.last_error,
      failing_since = coalesce(s.failing_since, excluded.failing_since),
      failures = s.failures + case when s.retry_at > ${at} then 0 else 1 end
    returning failures`.execute(db);
  return row!.failures;
}

/** Nothing more goes to this host before then. */
export async function holdBack(db: Db, host: string, until: Temporal.Instant): Promise<void> {
  await sql`update servers set retry_at = greatest(retry_at, ${until}) where host = ${host}`.execute(db);
  await sql`
    update deliveries set due_at = ${until}
    where host = ${host} and due_at < ${until} and (claimed_until is null or claimed_until < now())`
    .execute(db);
}

/** When the next delivery is due; undefined where none is. */
export async function nextDueAt(db: Db): Promise<Temporal.Instant | undefined> {
  const { rows: [row] } = await sql<{ at: Temporal.Instant | null }>`
    select min(at) as at from (
      select min(due_at) as at from deliveries where claimed_until is null
      union all select min(claimed_until) from deliveries where claimed_until is not null
    ) times where at < 'infinity'`.execute(db);
  return row?.at ?? undefined;
}

/** What could not be sent since then. What an admin has paused stays. */
export async function deleteOldDeliveries(db: Db, before: Temporal.Instant): Promise<void> {
  await sql`delete from deliveries where created_at < ${before} and due_at < 'infinity'`.execute(db);
}

/** Activities that nobody waits for any more. */
export async function deleteOldActivities(db: Db, before: Temporal.Instant): Promise<void> {
  await sql`
    delete from activities v where created_at < ${before}
      and not exists (select 1 from deliveries d where d.activity_id = v.id)`.execute(db);
}
