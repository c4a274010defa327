import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** What can be read up to somewhere. */
export const timelines = ["home", "notifications"] as const;
export type Timeline = typeof timelines[number];

/** How far a member has read a timeline. */
export interface Marker {
  lastReadId: string;
  /** One more with every change. */
  version: number;
  updatedAt: Temporal.Instant;
}

const columns = sql`last_read_id as "lastReadId", version, updated_at as "updatedAt"`;

export async function markersOf(
  db: Db,
  accountId: string,
  asked: readonly Timeline[],
): Promise<Map<Timeline, Marker>> {
  const { rows } = await sql<Marker & { timeline: Timeline }>`
    select timeline, ${columns} from markers
    where account_id = ${accountId} and timeline = any(${asked}::text[])`.execute(db);
  return new Map(rows.map(({ timeline, ...marker }) => [timeline, marker]));
}

/** Undefined, with nothing changed, where the marker is not at the version that the caller knows. */
export async function putMarker(
  db: Db,
  accountId: string,
  timeline: Timeline,
  { lastReadId, known, at }: { lastReadId: string; known?: number; at: Temporal.Instant },
): Promise<Marker | undefined> {
  const { rows } = await sql<Marker>`
    insert into markers (account_id, timeline, last_read_id, updated_at)
    values (${accountId}, ${timeline}, ${lastReadId}, ${at})
    on conflict (account_id, timeline) do update
      set last_read_id = excluded.last_read_id, version = markers.version + 1, updated_at = ${at}
      where ${known ?? null}::integer is null or markers.version = ${known ?? null}::integer
    returning ${columns}`.execute(db);
  return rows[0];
}
