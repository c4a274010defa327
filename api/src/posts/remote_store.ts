import { type RawBuilder, sql } from "kysely";
import { isLetIn } from "../accounts/store.ts";
import type { Db } from "../base/db.ts";
import type { Circles } from "./policy_activity.ts";

/** What we have to do with a post that came from elsewhere. */
export interface Concern {
  /** Somebody here follows its author. */
  isFollowed: boolean;
  /** We have what it answers. */
  answersKnown: boolean;
  /** It quotes somebody here. */
  quotesUs: boolean;
  /** It is for somebody here, or names them. */
  namesUs: boolean;
}

/** In URIs: nobody need have been looked up before it is clear whether anybody here cares. */
export async function concernOf(
  db: Db,
  { authorUri, answers, quotes, people }: {
    authorUri: string;
    answers?: string;
    quotes?: string;
    people: string[];
  },
): Promise<Concern> {
  const { rows: [row] } = await sql<Concern>`
    select
      ${isFollowed(authorUri)} as "isFollowed",
      exists (select 1 from posts p where p.uri = ${answers ?? null}) as "answersKnown",
      exists (select 1 from posts p where p.uri = ${quotes ?? null} and p.is_local) as "quotesUs",
      exists (select 1 from accounts a where a.uri = any(${people}::text[])
        and a.domain is null and a.deleted_at is null and ${isLetIn}) as "namesUs"`.execute(db);
  return row!;
}

/** How an account elsewhere calls its followers. */
export async function followersUriOf(db: Db, accountId: string): Promise<string | null> {
  const { rows: [row] } = await sql<{ uri: string | null }>`
    select followers_uri as uri from accounts where id = ${accountId}`.execute(db);
  return row?.uri ?? null;
}

/** How an account calls itself, its followers and whom it follows. */
export async function circlesOf(db: Db, accountId: string): Promise<Circles> {
  const { rows: [row] } = await sql<Circles>`
    select uri, followers_uri as "followersUri", following_uri as "followingUri"
    from accounts where id = ${accountId}`.execute(db);
  return row!;
}

/** Whether somebody here follows the account of this URI. */
export async function isFollowedHere(db: Db, accountUri: string): Promise<boolean> {
  const { rows } = await sql`select 1 where ${isFollowed(accountUri)}`.execute(db);
  return rows.length > 0;
}

function isFollowed(accountUri: string): RawBuilder<boolean> {
  return sql`exists (
    select 1 from accounts whom
      join follows f on f.account_id = whom.id
      join accounts follower on follower.id = f.follower_id and follower.domain is null
    where whom.uri = ${accountUri})`;
}

/** Whether an account elsewhere calls what it has pinned so. */
export async function isFeaturedOf(db: Db, accountId: string, uri: string): Promise<boolean> {
  const { rows } = await sql`select 1 from accounts where id = ${accountId} and featured_uri = ${uri}`
    .execute(db);
  return rows.length > 0;
}

/** Who is called so, by URI: those of them whom we know. */
export async function peopleByUri(
  db: Db,
  uris: readonly string[],
): Promise<Map<string, { id: string; isLocal: boolean }>> {
  if (uris.length === 0) return new Map();
  const { rows } = await sql<{ id: string; uri: string; isLocal: boolean }>`
    select a.id, a.uri, a.domain is null as "isLocal" from accounts a
    where a.uri = any(${uris}::text[]) and a.deleted_at is null and ${isLetIn}`.execute(db);
  return new Map(rows.map(({ uri, ...person }) => [uri, person]));
}

/** Whatever is done about this URI takes turns until the transaction ends. */
export async function lockUri(db: Db, uri: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${uri}, 0))`.execute(db);
}

export async function insertWithdrawn(
  db: Db,
  withdrawn: { uri: string; authorUri: string; at: Temporal.Instant },
): Promise<void> {
  const { uri, authorUri, at } = withdrawn;
  await sql`
    insert into withdrawn_posts (uri, author_uri, withdrawn_at) values (${uri}, ${authorUri}, ${at})
    on conflict do nothing`.execute(db);
}

/** Whether its author has deleted it, perhaps before it came. */
export async function isWithdrawn(db: Db, uri: string, authorUri: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from withdrawn_posts where uri = ${uri} and author_uri = ${authorUri}`.execute(db);
  return rows.length > 0;
}

/** Nothing of before comes any more. */
export async function deleteWithdrawn(db: Db, before: Temporal.Instant): Promise<void> {
  await sql`delete from withdrawn_posts where withdrawn_at < ${before}`.execute(db);
}
