import { type RawBuilder, sql } from "kysely";
import type { Db } from "../base/db.ts";
import { threadOf } from "../posts/visibility.ts";
import { holds } from "../relationships/store.ts";
import { groupable, type Kind, writing } from "./notification.ts";
import { verdict } from "./policy_store.ts";

/**
 * Notifications come and go with what they tell of. Each statement reads the present state itself, so it may
 * run twice, or after the act was undone.
 */

/** What is told besides who did it and to which post. */
interface About {
  reportId?: string | null;
  severanceId?: string | null;
  warningId?: string | null;
  collectionId?: string | null;
}

/** What concerns whoever has brought it about, too. */
const ofOneself: readonly Kind[] = ["poll", "severed", "warned"];

/**
 * One notification for each row of `acts`: `account_id` hears that `from_id` did something, about `post_id` or
 * about what else is said. Only people who live here hear, of nobody and no thread that they keep away, and hardly
 * anything of themselves. What their policy drops is never told; what it filters is kept
 * back, and with it waits a request, if somebody wrote to them.
 */
async function tell(
  db: Db,
  kind: Kind,
  acts: RawBuilder<unknown>,
  { reportId = null, severanceId = null, warningId = null, collectionId = null }: About = {},
): Promise<void> {
  await sql`
    with told as (
      insert into notifications
        (account_id, kind, from_account_id, post_id, report_id, severance_id, warning_id, collection_id, group_key,
          is_filtered)
      select act.account_id, ${kind}, act.from_id, act.post_id, ${reportId}::bigint, ${severanceId}::bigint,
        ${warningId}::bigint, ${collectionId}::bigint,
        case when verdict = 'accept' then ${groupKey(kind)} end, verdict = 'filter'
      from (${acts}) act
        join accounts a on a.id = act.account_id and a.domain is null and a.suspended_at is null
        join accounts f on f.id = act.from_id and f.suspended_at is null
        left join notification_policies n on n.account_id = a.id
        cross join lateral (select ${verdict(kind)} as verdict) decided
      where (act.account_id <> act.from_id or ${ofOneself.includes(kind)}::boolean) and verdict <> 'drop'
        and not exists (select 1 from blocks b
          where (b.blocker_id = act.account_id and b.account_id = act.from_id)
            or (b.blocker_id = act.from_id and b.account_id = act.account_id))
        and not exists (select 1 from mutes m
          where m.muter_id = act.account_id and m.account_id = act.from_id
            and m.hides_notifications and ${holds("m")})
        and not exists (select 1 from account_domain_blocks d
          where d.account_id = act.account_id and d.domain = f.domain)
        and not exists (select 1 from thread_mutes t join posts p on t.conversation_id = ${threadOf()}
          where t.account_id = act.account_id and p.id = act.post_id)
      on conflict do nothing
      returning account_id, from_account_id, post_id, is_filtered
    )
    insert into notification_requests (account_id, from_account_id, last_post_id)
    select account_id, from_account_id, post_id from told
    where is_filtered and ${writing.includes(kind)}::boolean
    on conflict (account_id, from_account_id) do update
      set last_post_id = excluded.last_post_id, updated_at = now()`.execute(db);
}

/** A group begun less than twelve hours ago takes more in; then the next one begins. Hours are since 1970. */
const hoursOfGroup = 12;

/**
 * Which group an act joins: what it happened to, and the hour in which its group began. It stays the same ever
 * after, so that clients can tell their groups apart by it.
 */
function groupKey(kind: Kind): RawBuilder<string | null> {
  if (!groupable.includes(kind)) return sql`null`;
  const thing = kind === "favourite" || kind === "boost"
    ? sql`${kind === "boost" ? "reblog" : kind}::text || '-' || act.post_id || '-'`
    : sql`${kind === "signUp" ? "admin.sign_up" : kind}::text || '-'`;
  const hour = sql`floor(extract(epoch from now()) / 3600)::int`;
  return sql`coalesce((
    select x.group_key from notifications x
    where x.account_id = a.id and x.group_key <= ${thing} || ${hour}
      and x.group_key > ${thing} || (${hour} - ${hoursOfGroup}::int)
    order by x.group_key desc limit 1), ${thing} || ${hour})`;
}

/** Other servers try for a week to tell us something; what is older, somebody here has looked up. */
const isNews = sql`(p.is_local or p.created_at > now() - interval '7 days')`;

/** Whom a post mentions. */
export function tellMentioned(db: Db, postId: string): Promise<void> {
  return tell(
    db,
    "mention",
    sql`
    select m.account_id, p.author_id as from_id, p.id as post_id
    from posts p join mentions m on m.post_id = p.id where p.id = ${postId} and ${isNews}`,
  );
}

/** The followers who want to hear of every post, unless it mentions them anyway or answers somebody else. */
export function tellFollowers(db: Db, postId: string): Promise<void> {
  return tell(
    db,
    "post",
    sql`
    select f.follower_id as account_id, p.author_id as from_id, p.id as post_id
    from posts p join follows f on f.account_id = p.author_id and f.notifies
    where p.id = ${postId} and p.visibility <> 'direct' and ${isNews}
      and ((p.reply_to_id is null and p.reply_to_uri is null) or p.reply_to_account_id = p.author_id)
      and (f.languages is null or p.language is null or p.language = any(f.languages))
      and not exists (
        select 1 from mentions m where m.post_id = p.id and m.account_id = f.follower_id)`,
  );
}

/** Those who have passed a post on: it reads differently now. An earlier edit is news no more. */
export async function tellBoosters(db: Db, postId: string): Promise<void> {
  await sql`
    delete from notifications n using posts p
    where p.id = ${postId} and n.post_id = p.id and n.kind = 'edit' and n.created_at < p.edited_at`
    .execute(db);
  await tell(
    db,
    "edit",
    sql`
    select b.author_id as account_id, p.author_id as from_id, p.id as post_id
    from posts p join posts b on b.boost_of_id = p.id where p.id = ${postId}`,
  );
}

/** Those who quote a post with its author's consent: what stands in theirs reads differently now. */
export async function tellQuoters(db: Db, postId: string): Promise<void> {
  await sql`
    delete from notifications n using quotes q join posts p on p.id = q.quoted_id
    where q.quoted_id = ${postId} and n.post_id = q.post_id and n.kind = 'quotedEdit'
      and n.created_at < p.edited_at`.execute(db);
  await tell(
    db,
    "quotedEdit",
    sql`
    select o.author_id as account_id, p.author_id as from_id, o.id as post_id
    from posts p join quotes q on q.quoted_id = p.id and q.state = 'accepted'
      join posts o on o.id = q.post_id
    where p.id = ${postId}`,
  );
}

/** Whoever is quoted, if they may see where. */
export function tellOfQuote(db: Db, postId: string): Promise<void> {
  return tell(
    db,
    "quote",
    sql`
    select o.author_id as account_id, p.author_id as from_id, p.id as post_id
    from posts p join quotes q on q.post_id = p.id and q.state = 'accepted'
      join posts o on o.id = q.quoted_id
    where p.id = ${postId} and ${isNews} and (p.visibility in ('public', 'unlisted')
      or exists (select 1 from mentions m where m.post_id = p.id and m.account_id = o.author_id)
      or (p.visibility = 'private' and exists (
        select 1 from follows f where f.follower_id = o.author_id and f.account_id = p.author_id)))`,
  );
}

/** What is told of a quote that its author does not agree to any more. */
export async function forgetQuote(db: Db, postId: string): Promise<void> {
  await sql`delete from notifications n where n.post_id = ${postId} and n.kind = 'quote'`.execute(db);
}

/** The author of a boosted post. */
export function tellOfBoost(db: Db, postId: string, boosterId: string): Promise<void> {
  return tell(
    db,
    "boost",
    sql`
    select p.author_id as account_id, b.author_id as from_id, p.id as post_id
    from posts p join posts b on b.boost_of_id = p.id
    where p.id = ${postId} and b.author_id = ${boosterId}`,
  );
}

/** The author of a favourited post. */
export function tellOfFavourite(db: Db, postId: string, accountId: string): Promise<void> {
  return tell(
    db,
    "favourite",
    sql`
    select p.author_id as account_id, f.account_id as from_id, p.id as post_id
    from posts p join favourites f on f.post_id = p.id
    where p.id = ${postId} and f.account_id = ${accountId}`,
  );
}

/** Whoever has voted in a poll, and its author. */
export function tellOfEnd(db: Db, pollId: string): Promise<void> {
  return tell(
    db,
    "poll",
    sql`
    select unnest(q.author_id || array(select v.voter_id from poll_votes v where v.poll_id = q.id)) as account_id,
      q.author_id as from_id, q.post_id
    from polls q where q.id = ${pollId}`,
  );
}

/** Whoever is followed. */
export function tellOfFollow(db: Db, followerId: string, accountId: string): Promise<void> {
  return tell(
    db,
    "follow",
    sql`
    select account_id, follower_id as from_id, null::bigint as post_id
    from follows where follower_id = ${followerId} and account_id = ${accountId}`,
  );
}

/** Whoever decides whether to let a follower in. */
export function tellOfRequest(db: Db, followerId: string, accountId: string): Promise<void> {
  return tell(
    db,
    "request",
    sql`
    select account_id, follower_id as from_id, null::bigint as post_id
    from follow_requests where follower_id = ${followerId} and account_id = ${accountId}`,
  );
}

/** The moderators, of whom has signed up. */
export function tellOfSignUp(db: Db, accountId: string): Promise<void> {
  return tell(
    db,
    "signUp",
    sql`
    select m.account_id, ${accountId}::bigint as from_id, null::bigint as post_id
    from members m where m.role in ('moderator', 'admin')`,
  );
}

/** The moderators, of what somebody thinks does harm. */
export function tellOfReport(db: Db, reportId: string): Promise<void> {
  return tell(
    db,
    "report",
    sql`
    select m.account_id, r.reporter_id as from_id, null::bigint as post_id
    from reports r cross join members m
    where r.id = ${reportId} and m.role in ('moderator', 'admin')`,
    { reportId },
  );
}

/** Whoever keeps a server away, of the follows that ended with it. */
export function tellOfSeverance(db: Db, severanceId: string): Promise<void> {
  return tell(
    db,
    "severed",
    sql`
    select s.account_id, s.account_id as from_id, null::bigint as post_id
    from severances s where s.id = ${severanceId}`,
    { severanceId },
  );
}

/** Whoever was warned by the moderators. Who was shut out as well is told by mail alone. */
export function tellOfWarning(db: Db, warningId: string): Promise<void> {
  return tell(
    db,
    "warned",
    sql`
    select w.account_id, w.account_id as from_id, null::bigint as post_id
    from warnings w where w.id = ${warningId}`,
    { warningId },
  );
}

/** Whom somebody shows in a collection. */
export function tellCollected(db: Db, collectionId: string, accountId: string): Promise<void> {
  return tell(
    db,
    "collected",
    sql`
    select i.account_id, c.account_id as from_id, null::bigint as post_id
    from collection_items i join collections c on c.id = i.collection_id
    where c.id = ${collectionId} and i.account_id = ${accountId} and i.state = 'accepted'`,
    { collectionId },
  );
}

/** All who are in a collection: it says something else now. What was told of it before is news no more. */
export async function tellOfCollectionEdit(db: Db, collectionId: string): Promise<void> {
  await sql`
    delete from notifications n using collections c
    where c.id = ${collectionId} and n.collection_id = c.id and n.kind = 'collectionEdit'
      and n.created_at < c.updated_at`.execute(db);
  await tell(
    db,
    "collectionEdit",
    sql`
    select i.account_id, c.account_id as from_id, null::bigint as post_id
    from collection_items i join collections c on c.id = i.collection_id
    where c.id = ${collectionId} and i.state = 'accepted'`,
    { collectionId },
  );
}

/** What somebody was told of a collection that they are in no more. */
export async function forgetCollected(db: Db, collectionId: string, accountId: string): Promise<void> {
  await sql`
    delete from notifications n
    where n.collection_id = ${collectionId} and n.account_id = ${accountId} and not exists (
      select 1 from collection_items i
      where i.collection_id = n.collection_id and i.account_id = n.account_id and i.state = 'accepted')`
    .execute(db);
}

/** What is told of a favourite or boost that was taken back. */
export async function forgetReactions(db: Db, postId: string, fromId: string): Promise<void> {
  await sql`
    delete from notifications n
    where n.post_id = ${postId} and n.from_account_id = ${fromId} and (
      (n.kind = 'favourite' and not exists (
        select 1 from favourites f where f.post_id = n.post_id and f.account_id = n.from_account_id))
      or (n.kind = 'boost' and not exists (
        select 1 from posts b where b.boost_of_id = n.post_id and b.author_id = n.from_account_id)))`
    .execute(db);
}

/** What is told of a follow that ended, or of a request that was answered or taken back. */
export async function forgetFollows(db: Db, followerId: string, accountId: string): Promise<void> {
  await sql`
    delete from notifications n
    where n.account_id = ${accountId} and n.from_account_id = ${followerId} and (
      (n.kind = 'follow' and not exists (
        select 1 from follows f where f.follower_id = n.from_account_id and f.account_id = n.account_id))
      or (n.kind = 'request' and not exists (
        select 1 from follow_requests f
        where f.follower_id = n.from_account_id and f.account_id = n.account_id)))`.execute(db);
}

/** Where it stands what one person is told of another. */
const tablesOfTwo = ["notifications", "notification_requests", "notification_permissions"];

/** Everything that two people were told of each other, and whether they let each other through. */
export async function forgetEachOther(db: Db, one: string, other: string): Promise<void> {
  for (const table of tablesOfTwo) {
    await sql`
      delete from ${sql.table(table)}
      where (account_id = ${one} and from_account_id = ${other})
        or (account_id = ${other} and from_account_id = ${one})`.execute(db);
  }
}

/** Everything that somebody was told of the people of a server, and whether they let them through. */
export async function forgetServer(db: Db, accountId: string, domain: string): Promise<void> {
  for (const table of tablesOfTwo) {
    await sql`
      delete from ${sql.table(table)} n using accounts a
      where n.account_id = ${accountId} and a.id = n.from_account_id and a.domain = ${domain}`.execute(db);
  }
}
