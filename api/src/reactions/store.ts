import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, type Listed, newestFirst, type Page } from "../base/page.ts";
import { type Viewer, visibleTo } from "../posts/visibility.ts";

/** False where it was one already: that is then known by its latest `uri`. */
export async function insertFavourite(
  db: Db,
  accountId: string,
  postId: string,
  uri: string | null,
): Promise<boolean> {
  const { rows: [row] } = await sql<{ isNew: boolean }>`
    insert into favourites (account_id, post_id, uri) values (${accountId}, ${postId}, ${uri})
    on conflict (post_id, account_id) do update set uri = excluded.uri where excluded.uri is not null
    returning xmax = 0 as "isNew"`.execute(db);
  return row?.isNew ?? false;
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

function shownTo(viewer: Viewer) {
  if (!viewer) return sql`a.suspended_at is null`;
  return sql`(a.suspended_at is null and not exists (
    select 1 from blocks b
    where (b.blocker_id = a.id and b.account_id = ${viewer.id})
      or (b.blocker_id = ${viewer.id} and b.account_id = a.id)))`;
}
