import { type RawBuilder, sql } from "kysely";
import type { Db } from "../base/db.ts";
import { holds } from "../relationships/store.ts";
import type { Kind } from "./notification.ts";

/**
 * Notifications come and go with what they tell of. Each statement reads the present state itself, so it may
 * run twice, or after the act was undone.
 */

/**
 * One notification for each row of `acts`: `account_id` hears that `from_id` did something, about `post_id`.
 * Only people who live here hear, of nobody whom they keep away, and never of themselves,
 * except of how their own poll ended.
 */
async function tell(db: Db, kind: Kind, acts: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into notifications (account_id, kind, from_account_id, post_id)
    select act.account_id, ${kind}, act.from_id, act.post_id
    from (${acts}) act
      join accounts a on a.id = act.account_id and a.domain is null and a.suspended_at is null
      join accounts f on f.id = act.from_id and f.suspended_at is null
    where (act.account_id <> act.from_id or ${kind} = 'poll')
      and not exists (select 1 from blocks b
        where (b.blocker_id = act.account_id and b.account_id = act.from_id)
          or (b.blocker_id = act.from_id and b.account_id = act.account_id))
      and not exists (select 1 from mutes m
        where m.muter_id = act.account_id and m.account_id = act.from_id
          and m.hides_notifications and ${holds("m")})
    on conflict do nothing`.execute(db);
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

/** Everything that two people were told of each other. */
export async function forgetEachOther(db: Db, one: string, other: string): Promise<void> {
  await sql`
    delete from notifications
    where (account_id = ${one} and from_account_id = ${other})
      or (account_id = ${other} and from_account_id = ${one})`.execute(db);
}
