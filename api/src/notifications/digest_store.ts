import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Post } from "../posts/post.ts";
import { postColumns } from "../posts/store.ts";
import { visibleTo } from "../posts/visibility.ts";
import type { Kind } from "./notification.ts";
import { lastRead, shownTo } from "./store.ts";

/** SQL about the weekly mail. */

/** Whether a member wants it; the first comes a week later. */
export async function updateDigest(
  db: Db,
  accountId: string,
  wants: boolean,
  at: Temporal.Instant,
): Promise<void> {
  await sql`
    update members set wants_digest = ${wants}, digest_at = ${at}
    where account_id = ${accountId} and wants_digest <> ${wants}`.execute(db);
}

/** Whose week is over, at most `limit`: they count as written to from `at` on. Of several workers one has each. */
export async function takeDigestsDue(
  db: Db,
  { before, at, limit }: { before: Temporal.Instant; at: Temporal.Instant; limit: number },
): Promise<{ accountId: string; email: string; confirmedAt: Temporal.Instant | null }[]> {
  const { rows } = await sql<{ accountId: string; email: string; confirmedAt: Temporal.Instant | null }>`
    update members m set digest_at = ${at}
    from (
      select account_id from members where wants_digest and digest_at <= ${before}
      order by digest_at limit ${limit}::int for update skip locked
    ) due
    where m.account_id = due.account_id
    returning m.account_id as "accountId", m.email, m.confirmed_at as "confirmedAt"`.execute(db);
  return rows;
}

/** Beyond that nobody wants to know how many there were. */
const mostCounted = 1_000;

/** How many notifications of each kind a member has not read that came after `since`. */
export async function countMissed(
  db: Db,
  accountId: string,
  since: Temporal.Instant,
): Promise<Map<Kind, number>> {
  const { rows } = await sql<{ kind: Kind; count: number }>`
    select kind, count(*)::int as count from (
      select n.kind from ${shownTo(accountId)}
        and not n.is_filtered and n.created_at > ${since} and n.id > ${lastRead(accountId)}
      order by n.id desc limit ${mostCounted}::int) missed
    group by kind`.execute(db);
  return new Map(rows.map(({ kind, count }) => [kind, count]));
}

/** Public posts of people whom the member follows that others took to most, without a warning before them. */
export async function talkedAbout(
  db: Db,
  accountId: string,
  since: Temporal.Instant,
  limit: number,
): Promise<Post[]> {
  const { rows } = await sql<Post>`
    select ${postColumns} from follows f join posts p on p.author_id = f.account_id
    where f.follower_id = ${accountId} and p.id > (select new_id(${since})) and p.created_at > ${since}
      and p.boost_of_id is null and p.reply_to_id is null and p.reply_to_uri is null
      and p.visibility = 'public' and p.content_warning = '' and not p.is_sensitive
      and not exists (select from mutes m where m.muter_id = f.follower_id and m.account_id = p.author_id)
      and ${visibleTo({ id: accountId })}
    order by p.favourites_count + 2 * p.boosts_count + p.replies_count desc, p.id desc
    limit ${limit}::int`.execute(db);
  return rows;
}
