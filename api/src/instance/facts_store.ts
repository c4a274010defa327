import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** The servers that have been heard or written to, in the order of their names; of those that begin so, a few. */
export async function knownHosts(
  db: Db,
  { beginning = "", limit }: { beginning?: string; limit?: number } = {},
): Promise<string[]> {
  const { rows } = await sql<{ host: string }>`
    select host from servers where starts_with(host, ${beginning}) order by host limit ${limit ?? null}::int`
    .execute(db);
  return rows.map(({ host }) => host);
}

/** What happened here in a week that begins on a Monday, in UTC. */
export interface Week {
  begins: Temporal.Instant;
  posts: number;
  /** Who was last here in that week. */
  members: number;
  signups: number;
}

/** The last so many weeks, this one first. */
export async function weeksOf(db: Db, now: Temporal.Instant, count: number): Promise<Week[]> {
  const { rows } = await sql<Week>`
    select w.begins,
      (select count(*)::int from posts p
        where p.is_local and p.created_at >= w.begins and p.created_at < w.begins + interval '7 days') as posts,
      (select count(distinct account_id)::int from (
        select account_id from sessions
          where last_used_at >= w.begins and last_used_at < w.begins + interval '7 days'
        union all select account_id from tokens
          where last_used_on >= w.begins::date and last_used_on < w.begins::date + 7) as seen) as members,
      (select count(*)::int from members m join accounts a on a.id = m.account_id
        where a.created_at >= w.begins and a.created_at < w.begins + interval '7 days') as signups
    from (
      select date_trunc('week', ${now}::timestamptz, 'UTC') - n * interval '7 days' as begins
      from generate_series(0, ${count}::int - 1) as n) w
    order by w.begins desc`.execute(db);
  return rows;
}
