import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Audience } from "./deliver.ts";

/** The channel on which workers hear that there is something to send. */
export const deliveryChannel = "riff_deliveries";

/** What was sent under this id, as long as it is kept. */
export async function activityBody(db: Db, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ body: string }>`select body from activities where id = ${id}`.execute(db);
  return rows[0]?.body;
}

/** After this time in which a server was neither reached nor heard, what is for it is not kept any more. */
const lostAfter = { hours: 7 * 24 };

/**
 * Stores an activity, unless nobody elsewhere is to hear it, and one delivery for each distinct inbox of its audience,
 * shared ones preferred. A server that is being given time, or that an admin has paused, gets it later. For one that
 * seems lost at most one thing waits, which finds out whether it is back. Answers how many.
 */
export async function insertDeliveries(
  db: Db,
  delivery: {
    activity: { id: string; actorId: string; body: string };
    audience: Audience;
    lane: number;
    at: Temporal.Instant;
  },
): Promise<number> {
  const { activity, audience: { followersOf, accountIds = [], inboxes = [] } } = delivery;
  const { numAffectedRows } = await sql`
    with heard as (
      select coalesce(a.shared_inbox_uri, a.inbox_uri) as inbox from follows f
        join accounts a on a.id = f.follower_id
        where f.account_id = ${followersOf ?? null}::bigint and a.domain is not null
      union
      select coalesce(a.shared_inbox_uri, a.inbox_uri) from accounts a
        where a.id = any(${accountIds}::bigint[]) and a.domain is not null
      union
      select unnest(${inboxes}::text[])
    ),
    told as (
      insert into activities (id, actor_id, body)
      select ${activity.id}::bigint, ${activity.actorId}::bigint, ${activity.body}
      where exists (select 1 from heard)
    )
    insert into deliveries (activity_id, inbox_uri, host, lane, created_at, due_at)
    select ${activity.id}::bigint, inbox, to_host.host, ${delivery.lane}::smallint,
      ${delivery.at}::timestamptz,
      case when s.is_paused then 'infinity' else greatest(${delivery.at}::timestamptz, s.retry_at) end
    from heard
    cross join lateral (select substring(inbox from '^https?://([^/?#]+)') as host) to_host
    left join servers s on s.host = to_host.host
    left join lateral (
      select 1 as "isTried" from deliveries d
      where d.host = to_host.host and s.failing_since is not null limit 1) w on true
    where to_host.host is not null
      and (s.failing_since is null or s.is_paused or "isTried" is null
        or greatest(s.failing_since, s.last_heard_at) > ${delivery.at.subtract(lostAfter)})`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** Tells the workers when this transaction commits. */
export async function wakeWorkers(db: Db): Promise<void> {
  await sql`select pg_notify(${deliveryChannel}, '')`.execute(db);
}
