import { type RawBuilder, sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Following, Muting, Relationship } from "./relationship.ts";

/**
 * Makes everything that changes how two accounts stand to each other take turns, until the transaction ends.
 * Always in the order of ids, so that two who act on each other at once don't wait for one another forever.
 */
export async function lockPair(db: Db, one: string, other: string): Promise<void> {
  await sql`
    select 1 from accounts where id in (${one}, ${other}) order by id for no key update`.execute(db);
}

interface RelationshipRow {
  id: string;
  follow: Following | null;
  request: Following | null;
  followedBy: boolean;
  requestedBy: boolean;
  blocking: boolean;
  blockedBy: boolean;
  endorsed: boolean;
  note: string;
  domainBlocking: boolean;
  mute: (Omit<Muting, "expiresAt"> & { expiresAt: string | null }) | null;
}

/** How `viewerId` stands to each of these, those without any relation included. */
export async function relationshipsTo(
  db: Db,
  viewerId: string,
  ids: readonly string[],
): Promise<Map<string, Relationship>> {
  const following = sql`jsonb_build_object(
    'showsBoosts', x.shows_boosts, 'notifies', x.notifies, 'languages', x.languages,
    'uri', x.uri)`;
  const { rows } = await sql<RelationshipRow>`
    select o.id,
      (select ${following} from follows x where x.follower_id = ${viewerId} and x.account_id = o.id) as follow,
      (select ${following} from follow_requests x
        where x.follower_id = ${viewerId} and x.account_id = o.id) as request,
      exists (select 1 from follows x
        where x.follower_id = o.id and x.account_id = ${viewerId}) as "followedBy",
      exists (select 1 from follow_requests x
        where x.follower_id = o.id and x.account_id = ${viewerId}) as "requestedBy",
      exists (select 1 from blocks x where x.blocker_id = ${viewerId} and x.account_id = o.id) as blocking,
      exists (select 1 from blocks x where x.blocker_id = o.id and x.account_id = ${viewerId}) as "blockedBy",
      exists (select 1 from account_domain_blocks x join accounts a on a.domain = x.domain
        where x.account_id = ${viewerId} and a.id = o.id) as "domainBlocking",
      (select jsonb_build_object('hidesNotifications', x.hides_notifications, 'expiresAt', x.expires_at)
        from mutes x where x.muter_id = ${viewerId} and x.account_id = o.id and ${holds("x")}) as mute,
      exists (select 1 from endorsements x
        where x.endorser_id = ${viewerId} and x.account_id = o.id) as endorsed,
      coalesce((select x.comment from account_notes x
        where x.author_id = ${viewerId} and x.account_id = o.id), '') as note
    from unnest(${ids}::bigint[]) as o (id)`.execute(db);
  return new Map(rows.map((row) => [row.id, toRelationship(row)]));
}

function toRelationship({ follow, request, mute, ...row }: RelationshipRow): Relationship {
  return {
    ...row,
    follow: follow ?? undefined,
    request: request ?? undefined,
    mute: mute
      ? { ...mute, expiresAt: mute.expiresAt === null ? null : Temporal.Instant.from(mute.expiresAt) }
      : undefined,
  };
}

/** Whether the mute of the row `alias` still holds. */
export function holds(alias: string): RawBuilder<boolean> {
  const expiry = sql.ref(`${alias}.expires_at`);
  return sql`(${expiry} is null or ${expiry} > now())`;
}

/**
 * Whether `viewerId` should not come across the account in `column` in lists and timelines: one of them
 * blocks the other, or the viewer mutes them. A condition for queries.
 */
export function isApart(viewerId: string, column: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`(
    exists (select 1 from blocks b where b.blocker_id = ${viewerId} and b.account_id = ${column})
    or exists (select 1 from blocks b where b.blocker_id = ${column} and b.account_id = ${viewerId})
    or exists (select 1 from mutes m
      where m.muter_id = ${viewerId} and m.account_id = ${column} and ${holds("m")}))`;
}

/** Whom `viewerId` follows among these. */
export async function followsAmong(db: Db, viewerId: string, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select account_id as id from follows
    where follower_id = ${viewerId} and account_id = any(${ids}::bigint[])`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** Who among these blocks `viewerId`. */
export async function blockersAmong(db: Db, viewerId: string, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select blocker_id as id from blocks
    where account_id = ${viewerId} and blocker_id = any(${ids}::bigint[])`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** Whether either of the two blocks the other, or the whole server where the other lives. */
export async function isBlockBetween(db: Db, one: string, other: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from blocks
    where (blocker_id = ${one} and account_id = ${other}) or (blocker_id = ${other} and account_id = ${one})
    union all
    select 1 from account_domain_blocks d join accounts a on a.domain = d.domain
    where (d.account_id = ${one} and a.id = ${other}) or (d.account_id = ${other} and a.id = ${one})
    limit 1`.execute(db);
  return rows.length > 0;
}
