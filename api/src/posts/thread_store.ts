import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { notSilenced, threadOf, type Viewer, visibleTo } from "./visibility.ts";

/** How much of a conversation is shown at once. */
export interface Reach {
  ancestors: number;
  descendants: number;
  depth: number;
}

/**
 * What stands above a post, the first of the conversation first, as far as `viewer` may see and wants to: whom they
 * mute or block they do not come across here either.
 */
export async function ancestorsOf(db: Db, viewer: Viewer, postId: string, reach: Reach): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive above (id, reply_to_id, depth) as (
      select p.id, p.reply_to_id, 0 from posts p where p.id = ${postId}
      union all
      select p.id, p.reply_to_id, above.depth + 1
      from above join posts p on p.id = above.reply_to_id
      where above.depth < ${reach.ancestors}::int
    )
    select above.id from above join posts p on p.id = above.id
    where above.depth > 0 and ${visibleTo(viewer)} and ${notSilenced(viewer)}
    order by above.depth desc`.execute(db);
  return rows.map((row) => row.id);
}

/**
 * What answers a post, each answer before the answers to it, siblings by age. An answer that `viewer` may not
 * or does not want to see hides only itself: what others wrote below it is theirs to show.
 */
export async function descendantsOf(db: Db, viewer: Viewer, postId: string, reach: Reach): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive below (id, depth, path) as (
      select p.id, 1, array[p.id] from posts p where p.reply_to_id = ${postId}
      union all
      select p.id, below.depth + 1, below.path || p.id
      from below join posts p on p.reply_to_id = below.id
      where below.depth < ${reach.depth}::int
    ),
    reached as (select * from below order by depth, id limit ${reach.descendants}::int)
    select reached.id from reached join posts p on p.id = reached.id
    where ${visibleTo(viewer)} and ${notSilenced(viewer)}
    order by reached.path`.execute(db);
  return rows.map((row) => row.id);
}

/** The thread that a post belongs to; undefined where there is no such post. */
export async function threadIdOf(db: Db, postId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select ${threadOf()} as id from posts p where p.id = ${postId}`.execute(db);
  return rows[0]?.id;
}

/** All posts of these threads belong to that one from now on, and whoever has muted one of them mutes it. */
export async function moveThreads(db: Db, from: readonly string[], into: string): Promise<void> {
  await sql`
    update posts set conversation_id = ${into}
    where conversation_id = any(${from}::bigint[]) or id = any(${from}::bigint[])`.execute(db);
  await sql`
    with gone as (
      delete from thread_mutes where conversation_id = any(${from}::bigint[]) returning account_id)
    insert into thread_mutes (account_id, conversation_id) select distinct account_id, ${into}::bigint from gone
    on conflict do nothing`.execute(db);
}

export async function insertThreadMute(db: Db, accountId: string, threadId: string): Promise<void> {
  await sql`
    insert into thread_mutes (account_id, conversation_id) values (${accountId}, ${threadId})
    on conflict do nothing`.execute(db);
}

export async function deleteThreadMute(db: Db, accountId: string, threadId: string): Promise<void> {
  await sql`
    delete from thread_mutes where account_id = ${accountId} and conversation_id = ${threadId}`.execute(db);
}
