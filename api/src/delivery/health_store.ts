import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { deliveryChannel } from "./store.ts";

/** How sending to a server goes. */
export interface ServerHealth {
  host: string;
  waiting: number;
  isPaused: boolean;
  failures: number;
  failingSince: Temporal.Instant | null;
  retryAt: Temporal.Instant | null;
  lastDeliveredAt: Temporal.Instant | null;
  lastError: string | null;
}

/** One server if named; else those for which something waits or that are in trouble, most waiting first. */
export async function serverHealth(db: Db, host: string | undefined, most: number): Promise<ServerHealth[]> {
  const { rows } = await sql<ServerHealth>`
    with queued as (select host, count(*)::int as waiting from deliveries group by host)
    select coalesce(s.host, q.host) as host, coalesce(q.waiting, 0) as waiting,
      coalesce(s.is_paused, false) as "isPaused", coalesce(s.failures, 0) as failures,
      s.failing_since as "failingSince", s.retry_at as "retryAt",
      s.last_delivered_at as "lastDeliveredAt", s.last_error as "lastError"
    from servers s full join queued q on q.host = s.host
    where case when ${host ?? null}::text is null
      then q.waiting > 0 or s.is_paused or s.failing_since is not null
      else coalesce(s.host, q.host) = ${host ?? null} end
    order by coalesce(q.waiting, 0) desc, 1 limit ${most}::int`.execute(db);
  return rows;
}

/** Makes what waits for this server (or for all that are not paused) due now. Answers how many those are. */
export async function unholdDeliveries(
  db: Db,
  host: string | undefined,
  at: Temporal.Instant,
): Promise<number> {
  await sql`
    update servers set retry_at = null where ${host ?? null}::text is null or host = ${host ?? null}`.execute(
    db,
  );
  const { numAffectedRows } = await sql`
    update deliveries d set due_at = ${at}
    where (${host ?? null}::text is null or d.host = ${host ?? null})
      and not exists (select 1 from servers s where s.host = d.host and s.is_paused)`.execute(db);
  await sql`select pg_notify(${deliveryChannel}, '')`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** Stops or resumes sending to a server; what waits is as good as new then. Answers how many deliveries that is about. */
export async function setPaused(
  db: Db,
  host: string,
  isPaused: boolean,
  at: Temporal.Instant,
): Promise<number> {
  await sql`
    insert into servers (host, is_paused) values (${host}, ${isPaused})
    on conflict (host) do update set is_paused = excluded.is_paused, retry_at = null`.execute(db);
  const { numAffectedRows } = await sql`
    update deliveries set created_at = ${at},
      due_at = case when ${isPaused}::boolean then 'infinity' else ${at}::timestamptz end
    where host = ${host}`.execute(db);
  await sql`select pg_notify(${deliveryChannel}, '')`.execute(db);
  return Number(numAffectedRows ?? 0n);
}
