import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** Follows that ended because a member keeps a whole server away. */
export interface Severance {
  id: string;
  /** Whose people they were. */
  domain: string;
  followersCount: number;
  followingCount: number;
  createdAt: Temporal.Instant;
}

/** Answers its id. */
export async function insertSeverance(
  db: Db,
  accountId: string,
  { domain, followersCount, followingCount, createdAt }: Omit<Severance, "id">,
): Promise<string> {
  const { rows: [row] } = await sql<{ id: string }>`
    insert into severances (account_id, domain, followers_count, following_count, created_at)
    values (${accountId}, ${domain}, ${followersCount}, ${followingCount}, ${createdAt})
    returning id`.execute(db);
  return row!.id;
}

export async function severancesById(db: Db, ids: readonly string[]): Promise<Severance[]> {
  const { rows } = await sql<Severance>`
    select id, domain, followers_count as "followersCount", following_count as "followingCount",
      created_at as "createdAt"
    from severances where id = any(${ids}::bigint[])`.execute(db);
  return rows;
}
