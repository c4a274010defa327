import { type RawBuilder, sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, newestFirst, type Page } from "../base/page.ts";
import { notSilenced, threadOf, visibleTo } from "../posts/visibility.ts";
import type { Conversation } from "./conversation.ts";

/** SQL about conversations. Each statement reads the present state itself, so it may run twice. */

/**
 * Whoever lives here and takes part in a direct post has a conversation that ends with it: unread, but for its author.
 * Who has blocked or muted its author has not.
 */
export async function noteSaid(db: Db, postId: string): Promise<void> {
  await sql`
    insert into conversations as c (account_id, thread_id, last_post_id, unread)
    select who.id, ${threadOf()}, p.id, who.id <> p.author_id
    from posts p
      cross join lateral (
        select p.author_id as id union select m.account_id from mentions m where m.post_id = p.id) as who
      join accounts a on a.id = who.id and a.domain is null
    where p.id = ${postId} and p.visibility = 'direct' and p.boost_of_id is null
      and not exists (select 1 from blocks b where b.blocker_id = who.id and b.account_id = p.author_id)
      and not exists (select 1 from mutes m where m.muter_id = who.id and m.account_id = p.author_id
        and (m.expires_at is null or m.expires_at > now()))
    on conflict (account_id, thread_id) do update
      set last_post_id = excluded.last_post_id, unread = excluded.unread
      where c.last_post_id is null or c.last_post_id < excluded.last_post_id`.execute(db);
}

/** Conversations whose last post is gone end with the one before, or are gone too. */
export async function noteGone(db: Db): Promise<void> {
  await sql`
    update conversations c set last_post_id = (
      select p.id from posts p
      where ${isIn("p", sql`c.thread_id`)} and p.visibility = 'direct' and (p.author_id = c.account_id
        or exists (select 1 from mentions m where m.post_id = p.id and m.account_id = c.account_id))
      order by p.id desc limit 1)
    where c.last_post_id is null`.execute(db);
  await sql`delete from conversations where last_post_id is null`.execute(db);
}

/** Two threads turned out to be one: so are the conversations. */
export async function noteJoined(db: Db, from: readonly string[], into: string): Promise<void> {
  await sql`
    with parts as (
      delete from conversations where thread_id = any(${from}::bigint[]) returning account_id, last_post_id, unread
    )
    insert into conversations as c (account_id, thread_id, last_post_id, unread)
    select account_id, ${into}::bigint, max(last_post_id), bool_or(unread) from parts group by account_id
    on conflict (account_id, thread_id) do update
      set last_post_id = greatest(c.last_post_id, excluded.last_post_id), unread = c.unread or excluded.unread`
    .execute(db);
}

/** Whether the post of the row `alias` belongs to this thread. */
function isIn(alias: string, threadId: RawBuilder<unknown>): RawBuilder<boolean> {
  const p = sql.ref(alias);
  return sql`(${p}.conversation_id = ${threadId} or ${p}.id = ${threadId})`;
}

/** A member's conversations, the one last spoken in first; `page` goes by their last posts. */
export async function conversationsOf(
  db: Db,
  viewer: { id: string },
  page: Page,
): Promise<Conversation[]> {
  const { where, tail } = keyset(sql`c.last_post_id`, page);
  const { rows } = await sql<Conversation>`
    ${shown(viewer)} and ${where} and ${notSilenced(viewer)} ${tail}`.execute(db);
  return newestFirst(rows, page);
}

/** The member's own; undefined where it is another's or none. */
export async function conversationById(
  db: Db,
  viewer: { id: string },
  id: string,
): Promise<Conversation | undefined> {
  const { rows } = await sql<Conversation>`${shown(viewer)} and c.id = ${id}`.execute(db);
  return rows[0];
}

function shown(viewer: { id: string }): RawBuilder<Conversation> {
  return sql`
    select c.id, c.last_post_id as "lastPostId", c.unread,
      coalesce(nullif(array(
        select who.id from (
          select p.author_id as id, 0 as place union all
          select m.account_id, 1 from mentions m where m.post_id = p.id and m.account_id <> p.author_id) as who
        where who.id <> c.account_id order by who.place, who.id), '{}'), array[c.account_id]) as "accountIds"
    from conversations c join posts p on p.id = c.last_post_id
    where c.account_id = ${viewer.id}::bigint and ${visibleTo(viewer)}`;
}

export async function markRead(db: Db, accountId: string, id: string): Promise<void> {
  await sql`update conversations set unread = false where id = ${id} and account_id = ${accountId}`.execute(
    db,
  );
}

export async function deleteConversation(db: Db, accountId: string, id: string): Promise<void> {
  await sql`delete from conversations where id = ${id} and account_id = ${accountId}`.execute(db);
}
