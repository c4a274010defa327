import { type RawBuilder, sql } from "kysely";
import { type Db, isThere } from "../base/db.ts";
import { keyset, newestFirst, type Page } from "../base/page.ts";
import { boostIsWelcome, notFromBlockedServer, type Viewer, visibleTo } from "../posts/visibility.ts";

/** A member, whose feed it is. */
type Reader = NonNullable<Viewer>;

/** No id is greater. */
const lastId = "9223372036854775807";

/** A part of home. */
interface Part {
  /** Whether this account, which is followed or the viewer, is one of its authors. */
  isAmong(account: RawBuilder<unknown>): RawBuilder<boolean>;
  /** Which of their posts `p` it shows, of those that home would. */
  welcome: RawBuilder<boolean>;
}

/**
 * Most posts pass the conditions, which are dear, so they are asked of few: `walk` goes from where the page begins
 * through what the authors posted, some posts at a time, until enough have passed or none are left.
 */
export async function walkThrough(
  db: Db,
  viewer: Reader,
  page: Page,
  { isAmong, welcome }: Part,
): Promise<string[]> {
  const upwards = page.min !== undefined;
  const start = upwards ? "0" : lastId;
  const step = Math.ceil(page.limit * 1.5);
  const followed = sql.ref("f.account_id");
  const { rows } = await sql<{ id: string }>`
    with recursive authors as materialized (
      select f.account_id as id, f.shows_boosts, f.languages
      from follows f
      where f.follower_id = ${viewer.id}::bigint and ${isAmong(followed)} and ${isNotMuted(viewer, followed)}
      union all
      select ${viewer.id}::bigint, true, null where ${isAmong(sql`${viewer.id}::bigint`)}
    ), walk (ids, found, reached, step) as (
      select '{}'::bigint[], 0, ${start}::bigint, ${step}::int
      union all
      select batch.ids, walk.found + cardinality(batch.ids), batch.reached, walk.step * 2
      from walk cross join lateral (
        select coalesce(array_agg(p.id) filter (where ${welcome} and ${isWelcome(viewer)}), '{}') as ids,
          ${upwards ? sql`max` : sql`min`}(p.id) as reached
        from (${nextFrom(page, upwards)}) c join posts p on p.id = c.post_id
      ) batch
      where walk.found < ${page.limit}::int and walk.reached is not null
    )
    select p.id from walk cross join lateral unnest(walk.ids) as p (id)
    ${keyset(sql`p.id`, page).tail}`.execute(db);
  return newestFirst(rows, page).map((row) => row.id);
}

/**
 * The next `walk.step` posts of all authors together, by one index and without a look at the posts. The latest
 * post of each author tells who is among them, and how far back at the most: as far as there is anything where there
 * are fewer authors than posts are wanted.
 */
function nextFrom(page: Page, upwards: boolean): RawBuilder<unknown> {
  const order = upwards ? sql`asc` : sql`desc`;
  const end = upwards ? lastId : "0";
  const ahead = sql`${keyset(sql`p.id`, page).where} and p.id ${upwards ? sql`>` : sql`<`} walk.reached`;
  return sql`
    select p.id as post_id, a.shows_boosts, a.languages
    from (
      select a.*, case when count(*) over () < walk.step then ${end}::bigint
        else ${upwards ? sql`max` : sql`min`}(a.latest) over () end as far_enough
      from (
        select authors.*, p.id as latest
        from authors cross join lateral (
          select p.id from posts p where p.author_id = authors.id and ${ahead}
          order by p.id ${order} limit 1) p
        order by p.id ${order} limit walk.step
      ) a
    ) a cross join lateral (
      select p.id from posts p
      where p.author_id = a.id and ${ahead} and p.id ${upwards ? sql`<=` : sql`>=`} a.far_enough
      order by p.id ${order} limit walk.step
    ) p
    order by p.id ${order} limit walk.step`;
}

/** Whether the viewer has not muted this account. */
export function isNotMuted(viewer: Reader, account: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`${account} not in (
    select m.account_id from mutes m where m.muter_id = ${viewer.id}::bigint
      and (m.expires_at is null or m.expires_at > now()))`;
}

/** Whether a post `p` by one whom the viewer follows as `follow` says (null: by the viewer) belongs into their home. */
export function isWelcome(viewer: Reader, follow = "c"): RawBuilder<boolean> {
  const c = sql.ref(follow);
  const follows = isThere(sql`select 1 from follows f
    where f.follower_id = ${viewer.id}::bigint and f.account_id = p.reply_to_account_id`);
  return sql`(p.boost_of_id is null or ${c}.shows_boosts is not false)
    and (${c}.languages is null or p.language is null or p.language = any(${c}.languages))
    and ((p.reply_to_id is null and p.reply_to_uri is null) or p.author_id = ${viewer.id}::bigint
      or p.reply_to_account_id in (p.author_id, ${viewer.id}::bigint) or ${follows})
    and ${visibleTo(viewer)} and ${notFromBlockedServer(viewer)} and ${boostIsWelcome(viewer)}`;
}
