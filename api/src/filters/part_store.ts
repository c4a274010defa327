import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { KeywordFields } from "./filter.ts";

/** What a filter consists of: its keywords, and the posts that it names. */

/** Answers its id. */
export async function insertKeyword(db: Db, filterId: string, fields: KeywordFields): Promise<string> {
  const { rows: [row] } = await sql<{ id: string }>`
    insert into filter_keywords (filter_id, keyword, whole_word)
    values (${filterId}, ${fields.keyword}, ${fields.wholeWord}) returning id`.execute(db);
  return row!.id;
}

/** Changes what is given. */
export async function updateKeyword(db: Db, id: string, change: Partial<KeywordFields>): Promise<void> {
  await sql`
    update filter_keywords set keyword = coalesce(${change.keyword ?? null}, keyword),
      whole_word = coalesce(${change.wholeWord ?? null}::boolean, whole_word)
    where id = ${id}`.execute(db);
}

export async function deleteKeyword(db: Db, id: string): Promise<void> {
  await sql`delete from filter_keywords where id = ${id}`.execute(db);
}

/** Answers its id; undefined where the filter names the post already. */
export async function insertFilteredPost(
  db: Db,
  filterId: string,
  postId: string,
): Promise<string | undefined> {
  const { rows: [row] } = await sql<{ id: string }>`
    insert into filter_posts (filter_id, post_id) values (${filterId}, ${postId})
    on conflict do nothing returning id`.execute(db);
  return row?.id;
}

export async function deleteFilteredPost(db: Db, id: string): Promise<void> {
  await sql`delete from filter_posts where id = ${id}`.execute(db);
}
