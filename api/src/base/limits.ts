import { sql } from "kysely";
import type { Ctx } from "./ctx.ts";
import type { Db } from "./db.ts";
import { TooMany } from "./errors.ts";

/**
 * Rate limits that hold across processes. The counters lie in PostgreSQL; a process takes a handful at a time
 * from there (a lease) and counts it down by itself, so that most requests cost no query. However many
 * processes there are, they never let more through together than the limit says.
 */

/** So many times in so many seconds. Windows begin at fixed times, the same for everybody. */
export interface Limit {
  name: string;
  most: number;
  seconds: number;
}

/** How it stands after a request was counted. */
export interface Standing {
  limit: Limit;
  /** False: this one was too many. */
  allowed: boolean;
  remaining: number;
  resetsAt: Temporal.Instant;
}

/** What this process may still let through of one counter, in one window. */
interface Lease {
  endsAt: number;
  left: number;
  /** Of the whole counter: what nobody has taken yet. Once it is 0, no need to ask again. */
  untaken: number;
}

/** The leases of one process, the one used last at the end. Built once, in `wiring/boot.ts`. */
export type Leases = Map<string, Lease>;

/** Counters that a process keeps in mind: a lost lease is taken anew. About 2 MB. */
const mostLeases = 10_000;

/** Counts one request of `who` against a limit. Always allowed where limits are switched off. */
export async function spend(ctx: Ctx, limit: Limit, who: string): Promise<Standing> {
  const now = ctx.now().epochMilliseconds;
  const length = limit.seconds * 1000;
  const startsAt = now - now % length;
  const endsAt = startsAt + length;
  const resetsAt = Temporal.Instant.fromEpochMilliseconds(endsAt);
  if (!ctx.config.rateLimits) return { limit, allowed: true, remaining: limit.most, resetsAt };

  const bucket = `${limit.name} ${who}`;
  let lease = leaseOf(ctx.leases, bucket, endsAt);
  if (lease.left === 0 && lease.untaken > 0) {
    const size = leaseSize(limit);
    const used = await take(ctx.db, { bucket, startsAt, endsAt, size });
    lease = leaseOf(ctx.leases, bucket, endsAt); // another request may have taken one meanwhile
    lease.left += Math.max(0, size - Math.max(0, used - limit.most));
    lease.untaken = Math.min(lease.untaken, Math.max(0, limit.most - used));
  }
  const allowed = lease.left > 0;
  if (allowed) lease.left--;
  return { limit, allowed, remaining: lease.left + lease.untaken, resetsAt };
}

/** The same, and refuses (429) what is too many. */
export async function spendOrRefuse(ctx: Ctx, limit: Limit, who: string): Promise<Standing> {
  const standing = await spend(ctx, limit, who);
  if (!standing.allowed) throw new TooMany(undefined, standing.resetsAt);
  return standing;
}

/** Forgets the counters whose window is over. */
export async function forgetWindows(db: Db, now: Temporal.Instant): Promise<void> {
  await sql`delete from rate_limits where ends_at < ${now}`.execute(db);
}

/** A tenth of the limit. Small limits are counted one by one: there a lease that lies unused would be felt. */
function leaseSize({ most }: Limit): number {
  return most < 50 ? 1 : Math.floor(most / 10);
}

/** This process's lease, moved to the end as the one used last; an empty one where the window is new. */
function leaseOf(leases: Leases, bucket: string, endsAt: number): Lease {
  const known = leases.get(bucket);
  const lease = known?.endsAt === endsAt ? known : { endsAt, left: 0, untaken: Infinity };
  leases.delete(bucket);
  leases.set(bucket, lease);
  if (leases.size > mostLeases) leases.delete(leases.keys().next().value!);
  return lease;
}

interface Taking {
  bucket: string;
  startsAt: number;
  endsAt: number;
  size: number;
}

/** Takes a lease, and answers how much of the counter is taken now. */
async function take(db: Db, { bucket, startsAt, endsAt, size }: Taking): Promise<number> {
  const { rows: [row] } = await sql<{ used: number }>`
    insert into rate_limits (bucket, starts_at, used, ends_at)
    values (${bucket}, to_timestamp(${startsAt}::float8 / 1000), ${size},
      to_timestamp(${endsAt}::float8 / 1000))
    on conflict (bucket, starts_at) do update set used = rate_limits.used + excluded.used
    returning used`.execute(db);
  return row!.used;
}
