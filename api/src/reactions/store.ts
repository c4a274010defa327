import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, type Listed, newestFirst, type Page } from "../base/page.ts";
import { type Viewer, visibleTo } from "../posts/visibility.ts";

/** Somebody who likes a post, or says with emojis what they think. */
export interface Liking {
  accountId: string;
  postId: string;
  /** What their server calls it. */
  uri: string | null;
  /** Without an emoji. */
  isPlain: boolean;
}

/** False where it was one already: that is then known by its latest `uri`. Locked until the transaction ends. */
export async function insertFavourite(
  db: Db,
  { accountId, postId, uri, isPlain }: Liking,
): Promise<boolean> {
  const { rows: [row] } = await sql<{ isNew: boolean }>`
    insert into favourites as f (account_id, post_id, uri, is_plain)
    values (${accountId}, ${postId}, ${uri}, ${isPlain})
    on conflict (post_id, account_id) do update set uri = coalesce(excluded.uri, f.uri)
    returning xmax = 0 as "isNew"`.execute(db);
  return row?.isNew ?? false;
}

/** Whether somebody likes a post without an emoji; undefined where they don't like it. Locked likewise. */
export async function lockFavourite(
  db: Db,
  accountId: string,
  postId: string,
): Promise<{ isPlain: boolean } | undefined> {
  const { rows } = await sql<{ isPlain: boolean }>`
    select is_plain as "isPlain" from favourites
    where account_id = ${accountId} and post_id = ${postId} for update`.execute(db);
  return rows[0];
}

/** Says of a favourite whether it is also one without an emoji. */
export async function setPlain(db: Db, accountId: string, postId: string, isPlain: boolean): Promise<void> {
  await sql`
    update favourites set is_plain = ${isPlain}
    where account_id = ${accountId} and post_id = ${postId} and is_plain <> ${isPlain}`.execute(db);
}

/** The post that somebody likes by that name; undefined where there is none. */
export async function favouriteByUri(db: Db, uri: string, accountId: string): Promise<string | undefined> {
  const { rows } = await sql<{ postId: string }>`
    select post_id as "postId" from favourites where uri = ${uri} and account_id = ${accountId}`.execute(db);
  return rows[0]?.postId;
}

/** False where it was none. */
export async function deleteFavourite(db: Db, accountId: string, postId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from favourites where account_id = ${accountId} and post_id = ${postId}`.execute(db);
  return numAffectedRows === 1n;
}

export async function isFavourite(db: Db, accountId: string, postId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from favourites where account_id = ${accountId} and post_id = ${postId}`.execute(db);
  return rows.length > 0;
}

/** Whether somebody likes a post without an emoji. */
export async function isPlain(db: Db, accountId: string, postId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from favourites where account_id = ${accountId} and post_id = ${postId} and is_plain`.execute(
    db,
  );
  return rows.length > 0;
}

export async function insertBookmark(db: Db, accountId: string, postId: string): Promise<void> {
  await sql`insert into bookmarks (account_id, post_id) values (${accountId}, ${postId}) on conflict do nothing`
    .execute(db);
}

export async function deleteBookmark(db: Db, accountId: string, postId: string): Promise<void> {
  await sql`delete from bookmarks where account_id = ${accountId} and post_id = ${postId}`.execute(db);
}

export async function boostIdOf(db: Db, accountId: string, postId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from posts where boost_of_id = ${postId} and author_id = ${accountId}`.execute(db);
  return rows[0]?.id;
}

/** The id of the boost that is gone now; undefined where there was none. */
export async function deleteBoost(db: Db, accountId: string, postId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    delete from posts where boost_of_id = ${postId} and author_id = ${accountId} returning id`.execute(db);
  return rows[0]?.id;
}

/** Which of one's own piles. */
export type Pile = "favourites" | "bookmarks";

/** What `viewer` has put on a pile and may still see, last put first. */
export async function pileOf(db: Db, viewer: { id: string }, pile: Pile, page: Page): Promise<Listed[]> {
  const { where, tail } = keyset(sql`x.id`, page);
  const { rows } = await sql<Listed>`
    select x.id as cursor, p.id from ${sql.table(pile)} x join posts p on p.id = x.post_id
    where x.account_id = ${viewer.id} and ${where} and ${visibleTo(viewer)} ${tail}`.execute(db);
  return newestFirst(rows, page);
}

/** Who likes a post, the latest first. Whom `viewer` blocks, and who blocks them, are left out. */
export async function favouritersOf(db: Db, viewer: Viewer, postId: string, page: Page): Promise<Listed[]> {
  const { where, tail } = keyset(sql`f.id`, page);
  const { rows } = await sql<Listed>`
    select f.id as cursor, a.id from favourites f join accounts a on a.id = f.account_id
    where f.post_id = ${postId} and ${where} and ${shownTo(viewer)} ${tail}`.execute(db);
  return newestFirst(rows, page);
}

/** Who passed a post on, the latest first; the same are left out. */
export async function boostersFor(db: Db, viewer: Viewer, postId: string, page: Page): Promise<Listed[]> {
  const { where, tail } = keyset(sql`p.id`, page);
  const { rows } = await sql<Listed>`
    select p.id as cursor, a.id from posts p join accounts a on a.id = p.author_id
    where p.boost_of_id = ${postId} and ${where} and ${visibleTo(viewer)} and ${shownTo(viewer)} ${tail}`
    .execute(db);
  return newestFirst(rows, page);
}

/** Who has answered a post with which emoji, the latest first; the same are left out. */
export async function reactorsFor(
  db: Db,
  viewer: Viewer,
  postId: string,
  limit: number,
): Promise<{ accountId: string; name: string; domain: string | null }[]> {
  const { rows } = await sql<{ accountId: string; name: string; domain: string | null }>`
    select r.account_id as "accountId", r.name, e.domain
    from emoji_reactions r join accounts a on a.id = r.account_id left join emojis e on e.id = r.emoji_id
    where r.post_id = ${postId} and ${shownTo(viewer)} order by r.id desc limit ${limit}::int`.execute(db);
  return rows;
}

function shownTo(viewer: Viewer) {
  if (!viewer) return sql`a.suspended_at is null`;
  return sql`(a.suspended_at is null and not exists (
    select 1 from blocks b
    where (b.blocker_id = a.id and b.account_id = ${viewer.id})
      or (b.blocker_id = ${viewer.id} and b.account_id = a.id)))`;
}
