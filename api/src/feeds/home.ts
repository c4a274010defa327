import { type RawBuilder, sql } from "kysely";
import type { Account } from "../accounts/account.ts";
import type { Db } from "../base/db.ts";
import { keyset, newestFirst, type Page } from "../base/page.ts";
import { notSilenced, visibleTo } from "../posts/visibility.ts";
import { isNotMuted, isWelcome, walkThrough } from "./walk.ts";

/** Whose home it is. */
type Reader = Pick<Account, "id" | "domain" | "followingCount">;

/**
 * What the people whom `viewer` follows have posted, and the viewer too: read when asked for, so nothing is
 * fanned out and a new follow shows the whole past (docs/decisions/0001-home-by-pull.md). Of those followed,
 * answers to others than the viewer follows are left out, as are boosts where they are switched off, and whoever is
 * on an exclusive list. Besides, public posts with a hashtag that the viewer follows.
 */
export async function home(db: Db, viewer: Reader, page: Page): Promise<string[]> {
  const { ids, reached, followsTags } = await amongLatest(db, viewer, page);
  if (reached !== null) {
    const rest = {
      ...page,
      limit: page.limit - ids.length,
      [page.min === undefined ? "max" : "min"]: reached,
    };
    ids.push(...await walkThrough(db, viewer, rest, { isAmong: isNotApart(viewer), welcome: sql`true` }));
  }
  if (followsTags) ids.push(...await underFollowedTags(db, viewer, page));
  return pageOf(ids, page);
}

interface Latest {
  ids: string[];
  reached: string | null;
  followsTags: boolean;
}

/**
 * Home's posts among the latest of everybody, half as many as there are people to look at: who follows many finds
 * most of a page there, at a fraction of what a look at each of them costs. `reached` is where to go on if that was too
 * few, null if nothing is left.
 */
async function amongLatest(db: Db, viewer: Reader, page: Page): Promise<Latest> {
  const { where, tail } = keyset(sql`p.id`, page);
  const upwards = page.min !== undefined;
  const order = upwards ? sql`asc` : sql`desc`;
  const author = sql.ref("p.author_id");
  const most = Math.max(page.limit, Math.ceil(viewer.followingCount / 2));
  const latest = sql`
    select p.* from posts p where ${where} order by p.id ${order} limit ${most}::int`;
  const { rows: [found] } = await sql<Latest>`
    with found as materialized (
      select array(
        select p.id from (${byFollowed(viewer, latest)} order by p.id ${order} offset 0) p
        where ${isNotApart(viewer)(author)} and ${isNotMuted(viewer, author)} and ${isWelcome(viewer, "p")}
        ${tail}) as ids)
    select ids::text[], case when cardinality(ids) < ${page.limit}::int then (
        select case when count(*) = ${most}::int then ${upwards ? sql`max` : sql`min`}(l.id) end
        from (${latest}) l) end as reached,
      exists (select 1 from tag_follows t where t.account_id = ${viewer.id}::bigint) as "followsTags"
    from found`.execute(db);
  return found!;
}

/** Of these posts those that the viewer follows the author of, or has written: found first, for the rest is dear. */
function byFollowed(viewer: Reader, posts: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select p.*, c.shows_boosts, c.languages
    from (${posts}) p left join lateral (
      select f.id, f.shows_boosts, f.languages from follows f
      where f.follower_id = ${viewer.id}::bigint and f.account_id = p.author_id offset 0) c on true
    where c.id is not null or p.author_id = ${viewer.id}::bigint`;
}

/** Whoever is on an exclusive list of the viewer's is not in home, but for the viewer. */
const isNotApart = (viewer: { id: string }) => (account: RawBuilder<unknown>) =>
  sql<boolean>`(${account} = ${viewer.id}::bigint or ${account} not in (
    select m.account_id from lists l cross join lateral (
      select m.account_id from list_members m where m.list_id = l.id offset 0) m
    where l.account_id = ${viewer.id}::bigint and l.is_exclusive))`;

/** Public posts with a hashtag that the viewer follows, the latest of each by its index. */
async function underFollowedTags(db: Db, viewer: Reader, page: Page): Promise<string[]> {
  const { where, tail } = keyset(sql`pt.post_id`, page);
  const { rows } = await sql<{ id: string }>`
    select found.id from tag_follows t cross join lateral (
      select pt.post_id as id from post_tags pt join posts p on p.id = pt.post_id
      where pt.tag_id = t.tag_id and ${where} and p.visibility = 'public' and p.boost_of_id is null
        and ${visibleTo(viewer)} and ${notSilenced(viewer)}
      ${tail}) found
    where t.account_id = ${viewer.id}::bigint`.execute(db);
  return rows.map((row) => row.id);
}

/** The page that these make, which come in any order and some of them twice. */
function pageOf(ids: string[], page: Page): string[] {
  const walked = [...new Set(ids)].map(BigInt).sort((a, b) => (a < b) === (page.min === undefined) ? 1 : -1);
  return newestFirst(walked.slice(0, page.limit).map(String), page);
}
