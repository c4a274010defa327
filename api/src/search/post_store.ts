import { type RawBuilder, sql } from "kysely";
import type { Account } from "../accounts/account.ts";
import { type Db, plannedForValues } from "../base/db.ts";
import { keyset, newestFirst, type Page } from "../base/page.ts";
import { notSilenced, visibleTo } from "../posts/visibility.ts";

/** What posts are looked for by. */
export interface PostQuery {
  /** Words that all must be there; `"these two"` side by side, `or` between those of which one will do, `-not`. */
  text: string;
  /** Only what this account wrote. */
  authorId?: string;
}

/**
 * Posts that hold these words, the latest first. Rare words are found by their index, frequent ones by going
 * back in time: PostgreSQL knows how frequent they are.
 */
export async function findPosts(
  db: Db,
  viewer: Account,
  { text, authorId }: PostQuery,
  page: Page,
  offset: number,
): Promise<string[]> {
  const { where, tail } = keyset(sql.ref("w.post_id"), page);
  const { rows } = await plannedForValues(db, (db) =>
    sql<{ id: string }>`
    select w.post_id as id from post_words w join posts p on p.id = w.post_id
    where w.words @@ websearch_to_tsquery('words', ${text}) and ${where}
      and ${authorId === undefined ? sql`true` : sql`p.author_id = ${authorId}::bigint`}
      and ${mayBeFoundBy(viewer)} and ${visibleTo(viewer)} and ${notSilenced(viewer)}
    ${tail} offset ${offset}::int`.execute(db));
  return newestFirst(rows, page).map((row) => row.id);
}

/**
 * Whether search may lead `viewer` to the post `p`: its author lets everybody find public posts, or the viewer
 * has met it already: wrote it, is mentioned in it, or has favourited, bookmarked, boosted or voted.
 */
function mayBeFoundBy({ id }: Account): RawBuilder<boolean> {
  return sql`(
    (p.visibility = 'public' and exists (
      select 1 from accounts o where o.id = p.author_id and o.is_indexable))
    or p.author_id = ${id}::bigint
    or exists (select 1 from mentions x where x.post_id = p.id and x.account_id = ${id}::bigint)
    or exists (select 1 from favourites x where x.post_id = p.id and x.account_id = ${id}::bigint)
    or exists (select 1 from bookmarks x where x.post_id = p.id and x.account_id = ${id}::bigint)
    or exists (select 1 from posts x where x.boost_of_id = p.id and x.author_id = ${id}::bigint)
    or exists (
      select 1 from polls q join poll_votes x on x.poll_id = q.id
      where q.post_id = p.id and x.voter_id = ${id}::bigint))`;
}
