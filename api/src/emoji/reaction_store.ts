import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { type Face, mostShown, type Reaction, type Tally } from "./reaction.ts";
import { emojiJson } from "./store.ts";

/** One answer to a post, and by whom. */
export interface Reacting {
  accountId: string;
  postId: string;
  face: Face;
}

/** False where it was there already, or there are `most` of this account. It is then known by its latest `uri`. */
export async function insertReaction(
  db: Db,
  { accountId, postId, face, uri, most }: Reacting & { uri: string | null; most: number },
): Promise<boolean> {
  const { rows: [row] } = await sql<{ isNew: boolean }>`
    insert into emoji_reactions (post_id, account_id, name, emoji_id, uri)
    select ${postId}, ${accountId}, ${face.name}, ${face.emojiId}::bigint, ${uri}
    where ${most}::int > (
      select count(*) from emoji_reactions where post_id = ${postId} and account_id = ${accountId})
    on conflict (post_id, account_id, name, coalesce(emoji_id, 0)) do update set uri = excluded.uri
    returning xmax = 0 as "isNew"`.execute(db);
  return row?.isNew ?? false;
}

/** False where there was none. */
export async function deleteReaction(db: Db, { accountId, postId, face }: Reacting): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from emoji_reactions
    where post_id = ${postId} and account_id = ${accountId} and name = ${face.name}
      and emoji_id is not distinct from ${face.emojiId}::bigint`.execute(db);
  return numAffectedRows === 1n;
}

/** What this account has answered with until now, the latest first. */
export async function reactionsOf(db: Db, accountId: string, postId: string): Promise<Reaction[]> {
  const { rows } = await sql<Reaction>`
    select r.id, r.name, case when e.id is not null then ${emojiJson} end as emoji, e.uri as "emojiUri"
    from emoji_reactions r left join emojis e on e.id = r.emoji_id left join media_files f on f.key = e.file_key
    where r.post_id = ${postId} and r.account_id = ${accountId} order by r.id desc`.execute(db);
  return rows;
}

/** They are gone, and others of the same account stay. */
export async function deleteReactions(db: Db, ids: readonly string[]): Promise<void> {
  await sql`delete from emoji_reactions where id = any(${ids}::bigint[])`.execute(db);
}

/** What this account's server calls so; undefined where that is nothing. */
export async function reactionByUri(
  db: Db,
  uri: string,
  accountId: string,
): Promise<Reacting | undefined> {
  const { rows: [row] } = await sql<Face & { postId: string }>`
    select post_id as "postId", name, emoji_id as "emojiId"
    from emoji_reactions where uri = ${uri} and account_id = ${accountId}`.execute(db);
  return row && { accountId, postId: row.postId, face: row };
}

/** What these posts have been answered with, the most frequent first. */
export async function talliesOf(
  db: Db,
  viewerId: string | undefined,
  postIds: readonly string[],
): Promise<Map<string, Tally[]>> {
  const { rows } = await sql<Tally & { postId: string }>`
    select t.post_id as "postId", t.name, t.count, t.me, e.domain,
      case when e.id is not null then ${emojiJson} end as emoji
    from (
      select r.post_id, r.name, r.emoji_id, count(*)::int as count,
        coalesce(bool_or(r.account_id = ${viewerId ?? null}::bigint), false) as me,
        row_number() over (partition by r.post_id order by count(*) desc, min(r.id)) as rank
      from emoji_reactions r where r.post_id = any(${postIds}::bigint[])
      group by r.post_id, r.name, r.emoji_id) t
      left join emojis e on e.id = t.emoji_id left join media_files f on f.key = e.file_key
    where t.rank <= ${mostShown}::int order by t.post_id, t.rank`.execute(db);
  return Map.groupBy(rows, ({ postId }) => postId);
}
