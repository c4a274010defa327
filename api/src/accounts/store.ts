import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { emojisOf } from "../emoji/store.ts";
import type { Account, Field, Kind } from "./account.ts";

/** The columns of an account in our words: `select ${columns} from accounts a`. */
export const accountColumns = sql`
  a.id, a.username, a.domain, a.uri, a.url, a.kind, a.display_name as "displayName",
  a.bio_html as "bioHtml", a.bio_source as "bioSource", a.fields, a.is_locked as "isLocked",
  a.is_discoverable as "isDiscoverable", a.is_indexable as "isIndexable",
  a.hides_collections as "hidesCollections", a.shows_media as "showsMedia",
  a.shows_media_replies as "showsMediaReplies", a.shows_featured as "showsFeatured",
  a.attribution_domains as "attributionDomains", a.avatar_key as "avatarKey", a.avatar_url as "avatarUrl",
  a.header_key as "headerKey", a.header_url as "headerUrl",
  a.avatar_description as "avatarDescription", a.header_description as "headerDescription",
  case when a.domain is null then (
    select nullif(m.role, 'member') from members m where m.account_id = a.id) end as staff,
  ${emojisOf(sql`a.emoji_names`, sql`a.domain`)} as emojis, a.followers_count as "followersCount",
  a.following_count as "followingCount", a.posts_count as "postsCount", a.last_post_at as "lastPostAt",
  a.suspended_at as "suspendedAt", a.moved_to_id as "movedToId", a.created_at as "createdAt"`;

export async function accountById(db: Db, id: string): Promise<Account | undefined> {
  return (await accountsById(db, [id])).get(id);
}

export async function accountsById(db: Db, ids: readonly string[]): Promise<Map<string, Account>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Account>`
    select ${accountColumns} from accounts a
    where a.id = any(${ids}::bigint[]) and a.deleted_at is null`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * The condition that the account of the row `a` has been let in: somebody who has signed up but is neither
 * confirmed nor approved is nobody yet.
 */
export const isLetIn = sql`not exists (
  select 1 from members m
  where m.account_id = a.id and (m.confirmed_at is null or m.approved_at is null))`;

/** Those of these accounts that have been let in. */
export async function accountsLetIn(db: Db, ids: readonly string[]): Promise<Map<string, Account>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Account>`
    select ${accountColumns} from accounts a
    where a.id = any(${ids}::bigint[]) and a.deleted_at is null and ${isLetIn}`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** By ActivityPub id. */
export async function accountByUri(db: Db, uri: string): Promise<Account | undefined> {
  const { rows } = await sql<Account>`
    select ${accountColumns} from accounts a where a.uri = ${uri}`.execute(db);
  return rows[0];
}

/** By name, whatever its case. `domain` null: one of ours. */
export async function accountByHandle(
  db: Db,
  username: string,
  domain: string | null,
): Promise<Account | undefined> {
  const { rows } = await sql<Account>`
    select ${accountColumns} from accounts a
    where lower(a.username) = lower(${username}) and coalesce(a.domain, '') = coalesce(${domain}::text, '')
      and a.deleted_at is null`.execute(db);
  return rows[0];
}

/** By several names at once, as mentions need it: who has not been let in can't be mentioned. */
export async function accountsByHandle(
  db: Db,
  handles: readonly { username: string; domain: string | null }[],
): Promise<Account[]> {
  if (handles.length === 0) return [];
  const { rows } = await sql<Account>`
    select ${accountColumns} from accounts a
    join unnest(${handles.map((h) => h.username)}::text[], ${handles.map((h) => h.domain ?? "")}::text[])
      as wanted (username, domain)
      on lower(a.username) = lower(wanted.username) and coalesce(a.domain, '') = wanted.domain
    where a.deleted_at is null and ${isLetIn}`.execute(db);
  return rows;
}

/** An account that is not one yet. Its id is known beforehand, because its URI holds it. */
export interface NewAccount {
  id: string;
  username: string;
  domain: string | null;
  uri: string;
  url: string;
  kind: Kind;
  createdAt: Temporal.Instant;
}

export async function insertAccount(db: Db, account: NewAccount): Promise<void> {
  await sql`
    insert into accounts (id, username, domain, uri, url, kind, created_at)
    values (${account.id}, ${account.username}, ${account.domain}, ${account.uri}, ${account.url},
      ${account.kind}, ${account.createdAt})`.execute(db);
}

/** Whether somebody once had this name, whatever its case: nobody else may take it. */
export async function isFormerUsername(db: Db, username: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from former_usernames where username = lower(${username})`.execute(db);
  return rows.length > 0;
}

/** Whose name this was before they were renamed. */
export async function accountByFormerName(db: Db, username: string): Promise<Account | undefined> {
  const { rows } = await sql<Account>`
    select ${accountColumns} from former_usernames f join accounts a on a.id = f.account_id
    where f.username = lower(${username}) and a.deleted_at is null`.execute(db);
  return rows[0];
}

/** Keeps a name for good: nobody but this account may take it again. */
export async function reserveUsername(db: Db, username: string, accountId: string): Promise<void> {
  await sql`
    insert into former_usernames (username, account_id) values (lower(${username}), ${accountId})
    on conflict (username) do nothing`.execute(db);
}

/** Gives a kept name back to the account that it is kept for, and answers whether nobody else has it. */
export async function releaseUsername(db: Db, username: string, accountId: string): Promise<boolean> {
  await sql`
    delete from former_usernames where username = lower(${username}) and account_id = ${accountId}`
    .execute(db);
  return !await isFormerUsername(db, username);
}

/** A fresh id, for what needs to know its own before it is stored. */
export async function newId(db: Db, at: Temporal.Instant): Promise<string> {
  const { rows: [row] } = await sql<{ id: string }>`select new_id(${at}) as id`.execute(db);
  return row!.id;
}

/** What its owner may change about a profile. */
export interface ProfileChange {
  displayName?: string;
  bioHtml?: string;
  bioSource?: string;
  fields?: Field[];
  kind?: Kind;
  isLocked?: boolean;
  isDiscoverable?: boolean;
  isIndexable?: boolean;
  hidesCollections?: boolean;
  showsMedia?: boolean;
  showsMediaReplies?: boolean;
  showsFeatured?: boolean;
  attributionDomains?: string[];
  avatarDescription?: string;
  headerDescription?: string;
}

export async function updateProfile(db: Db, id: string, change: ProfileChange): Promise<void> {
  await sql`
    update accounts set
      display_name = coalesce(${change.displayName ?? null}, display_name),
      bio_html = coalesce(${change.bioHtml ?? null}, bio_html),
      bio_source = coalesce(${change.bioSource ?? null}, bio_source),
      fields = coalesce(${change.fields ? JSON.stringify(change.fields) : null}::jsonb, fields),
      kind = coalesce(${change.kind ?? null}, kind),
      is_locked = coalesce(${change.isLocked ?? null}::boolean, is_locked),
      is_discoverable = coalesce(${change.isDiscoverable ?? null}::boolean, is_discoverable),
      is_indexable = coalesce(${change.isIndexable ?? null}::boolean, is_indexable),
      hides_collections = coalesce(${change.hidesCollections ?? null}::boolean, hides_collections),
      shows_media = coalesce(${change.showsMedia ?? null}::boolean, shows_media),
      shows_media_replies = coalesce(${change.showsMediaReplies ?? null}::boolean, shows_media_replies),
      shows_featured = coalesce(${change.showsFeatured ?? null}::boolean, shows_featured),
      attribution_domains = coalesce(${change.attributionDomains ?? null}::text[], attribution_domains),
      avatar_description = coalesce(${change.avatarDescription ?? null}, avatar_description),
      header_description = coalesce(${change.headerDescription ?? null}, header_description)
    where id = ${id}`.execute(db);
}

/** Gives a profile another avatar or header, or none. */
export async function updatePicture(
  db: Db,
  id: string,
  what: "avatar" | "header",
  key: string | null,
): Promise<void> {
  await sql`update accounts set ${sql.ref(`${what}_key`)} = ${key} where id = ${id}`.execute(db);
}

/** Gives an account another name and answers the one before. */
export async function updateUsername(db: Db, id: string, username: string, url: string): Promise<string> {
  const { rows: [old] } = await sql<{ username: string }>`
    update accounts a set username = ${username}, url = ${url}
    from (select id, username from accounts where id = ${id} for update) old
    where a.id = old.id returning old.username`.execute(db);
  return old!.username;
}

/** Suspends, or with null lets come back; false where that was so already, and for deleted accounts. */
export async function updateSuspension(db: Db, id: string, at: Temporal.Instant | null): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update accounts set suspended_at = ${at}
    where id = ${id} and deleted_at is null
      and (suspended_at is null) = ${at !== null}::boolean`.execute(db);
  return numAffectedRows === 1n;
}

/** From now on nobody finds it; false where it was deleted already. Its row stays, as a husk. */
export async function markDeleted(db: Db, id: string, at: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update accounts set deleted_at = ${at}, suspended_at = coalesce(suspended_at, ${at})
    where id = ${id} and deleted_at is null`.execute(db);
  return numAffectedRows === 1n;
}

/** Counts up (or, with negative numbers, down) what an account has; never below zero. */
export async function countFor(
  db: Db,
  id: string,
  change: { followers?: number; following?: number; posts?: number },
): Promise<void> {
  await sql`
    update accounts set
      followers_count = greatest(0, followers_count + ${change.followers ?? 0}::int),
      following_count = greatest(0, following_count + ${change.following ?? 0}::int),
      posts_count = greatest(0, posts_count + ${change.posts ?? 0}::int)
    where id = ${id}`.execute(db);
}

/** Each of these accounts has one post less. Locked in the order of their ids, so that none lock crosswise. */
export async function countPostsDown(db: Db, ids: readonly string[]): Promise<void> {
  await sql`
    with locked as (
      select id from accounts where id = any(${ids}::bigint[]) order by id for update)
    update accounts a set posts_count = greatest(0, a.posts_count - 1)
    from locked where a.id = locked.id`.execute(db);
}
