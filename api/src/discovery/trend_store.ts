import { type RawBuilder, sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Slice } from "../base/page.ts";
import { notSilenced, type Viewer, visibleTo } from "../posts/visibility.ts";
import type { Tag } from "../tags/tag.ts";
import type { UsedDay } from "../tags/history.ts";
import { mostTrends, type TrendSort } from "./trend.ts";

/** One person's habit is no trend. */
const fewestPeople = 2;

/** Counts anew what is a trend of this sort. Within a transaction. */
export async function replaceTrends(db: Db, sort: TrendSort, now: Temporal.Instant): Promise<void> {
  await sql`delete from trends where sort = ${sort}`.execute(db);
  await sql`
    insert into trends (sort, thing_id, score)
    select ${sort}, id, score from (${counting[sort](now)}) counted
    order by score desc, id limit ${mostTrends}::int`.execute(db);
}

const counting: Record<TrendSort, (now: Temporal.Instant) => RawBuilder<unknown>> = {
  tag: (now) => usedLately(sql`pt.tag_id`, sql`join post_tags pt on pt.post_id = p.id`, now),
  link: (now) => usedLately(sql`p.card_id`, sql`join cards c on c.id = p.card_id and c.title <> ''`, now),

  // What people liked in the last three days; twelve hours make half of it. Of each author only the best.
  post: (now) =>
    sql`
    select distinct on (author_id) id, author_id, score from (
      select p.id, p.author_id, (p.favourites_count + p.boosts_count)
        * power(0.5, extract(epoch from ${now}::timestamptz - p.created_at) / 43200) as score
      from posts p join accounts a on a.id = p.author_id and a.is_discoverable and a.suspended_at is null
      where p.visibility = 'public' and p.boost_of_id is null and p.id >= ${idAt(now, 3)}
        and p.reply_to_id is null and p.reply_to_uri is null
        and not p.is_sensitive and p.content_warning = ''
        and p.favourites_count + p.boosts_count >= ${fewestPeople}::int) liked
    order by author_id, score desc, id`,

  account: () =>
    sql`
    select a.id, count(*) as score
    from accounts l join follows f on f.follower_id = l.id
      join accounts a on a.id = f.account_id and a.is_discoverable and a.suspended_at is null
    where l.domain is null and l.suspended_at is null
    group by a.id having count(*) >= ${fewestPeople}::int`,
};

/**
 * What more people use in public today than is usual for it in the week. People count, not posts: who repeats a
 * thing does not make it a trend.
 */
function usedLately(
  thing: RawBuilder<unknown>,
  join: RawBuilder<unknown>,
  now: Temporal.Instant,
): RawBuilder<unknown> {
  return sql`
    select id, people::real * people / (people + before / 6.0) as score from (
      select ${thing} as id, count(distinct p.author_id) filter (where p.id >= ${idAt(now, 1)}) as people,
        count(distinct p.author_id) filter (where p.id < ${idAt(now, 1)}) as before
      from posts p ${join} join accounts a on a.id = p.author_id and a.suspended_at is null
      where p.visibility = 'public' and p.boost_of_id is null and p.id >= ${idAt(now, 7)}
      group by 1) used
    where people >= ${fewestPeople}::int`;
}

/** The first id of a moment so many days ago. */
function idAt(now: Temporal.Instant, daysAgo: number): RawBuilder<string> {
  return sql`(${now.subtract({ hours: 24 * daysAgo }).epochMilliseconds}::bigint << 16)`;
}

/** The hashtags of the day, the strongest first. */
export async function trendingTags(db: Db, { limit, offset }: Slice): Promise<Tag[]> {
  const { rows } = await sql<Tag>`
    select t.id, t.name from trends r join tags t on t.id = r.thing_id
    where r.sort = 'tag' order by r.score desc, t.id limit ${limit}::int offset ${offset}::int`.execute(db);
  return rows;
}

/**
 * The posts of the day, as far as the viewer may see them and wants to. Whoever does not want to be found any more, or
 * warns of a post since, need not wait until trends are counted anew.
 */
export async function trendingPosts(db: Db, viewer: Viewer, { limit, offset }: Slice): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from trends r join posts p on p.id = r.thing_id and p.visibility = 'public'
      join accounts a on a.id = p.author_id and a.is_discoverable
    where r.sort = 'post' and not p.is_sensitive and ${visibleTo(viewer)} and ${notSilenced(viewer)}
    order by r.score desc, p.id limit ${limit}::int offset ${offset}::int`.execute(db);
  return rows.map((row) => row.id);
}

/** The ids of the cards of the day. */
export async function trendingLinks(db: Db, { limit, offset }: Slice): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from trends r join cards c on c.id = r.thing_id and c.title <> ''
    where r.sort = 'link' order by r.score desc, c.id limit ${limit}::int offset ${offset}::int`.execute(db);
  return rows.map((row) => row.id);
}

/** The days since `since` on which these pages were posted in public. */
export async function cardDays(db: Db, ids: readonly string[], since: Temporal.Instant): Promise<UsedDay[]> {
  const { rows } = await sql<UsedDay>`
    select p.card_id as id, (p.created_at at time zone 'UTC')::date as day, count(*)::int as uses,
      count(distinct p.author_id)::int as accounts
    from posts p
    where p.card_id = any(${ids}::bigint[]) and p.visibility = 'public'
      and p.id >= (${since.epochMilliseconds}::bigint << 16)
    group by 1, 2`.execute(db);
  return rows;
}
