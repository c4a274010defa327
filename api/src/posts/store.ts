import { type RawBuilder, sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { ShownBefore } from "../media/attachment.ts";
import type { Post } from "./post.ts";
import { threadOf } from "./visibility.ts";

/** The columns of a post in our words: `select ${postColumns} from posts p`. */
export const postColumns: RawBuilder<unknown> = sql`
  p.id, p.author_id as "authorId", p.is_local as "isLocal", p.uri, p.url, p.boost_of_id as "boostOfId",
  p.reply_to_id as "replyToId", p.reply_to_account_id as "replyToAccountId", p.reply_to_uri as "replyToUri",
  p.visibility, p.html, p.source, p.content_warning as "contentWarning", p.is_sensitive as "isSensitive", p.language,
  p.is_local_only as "isLocalOnly", p.policy, p.app_id as "appId",
  p.replies_count as "repliesCount", p.boosts_count as "boostsCount",
  p.favourites_count as "favouritesCount", p.quotes_count as "quotesCount",
  p.created_at as "createdAt", p.edited_at as "editedAt"`;

export async function postById(db: Db, id: string): Promise<Post | undefined> {
  const { rows } = await sql<Post>`select ${postColumns} from posts p where p.id = ${id}`.execute(db);
  return rows[0];
}

/** By ActivityPub id. */
export async function postByUri(db: Db, uri: string): Promise<Post | undefined> {
  const { rows } = await sql<Post>`select ${postColumns} from posts p where p.uri = ${uri}`.execute(db);
  return rows[0];
}

/** Locked until the transaction ends, so that two edits of one post take turns. */
export async function lockPost(db: Db, id: string): Promise<Post | undefined> {
  const { rows } = await sql<Post>`select ${postColumns} from posts p where p.id = ${id} for update`
    .execute(db);
  return rows[0];
}

export type NewPost = Omit<Post, "repliesCount" | "boostsCount" | "favouritesCount" | "quotesCount">;

/** False where a post of this URI, or this boost, is there already. It belongs to the thread of what it answers. */
export async function insertPost(db: Db, post: NewPost): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into posts (id, author_id, is_local, uri, url, boost_of_id, reply_to_id, reply_to_account_id,
      reply_to_uri, visibility, html, source, content_warning, is_sensitive, language, is_local_only,
      policy, app_id, created_at, edited_at, conversation_id)
    values (${post.id}, ${post.authorId}, ${post.isLocal}, ${post.uri}, ${post.url}, ${post.boostOfId},
      ${post.replyToId}, ${post.replyToAccountId}, ${post.replyToUri}, ${post.visibility}, ${post.html},
      ${post.source}, ${post.contentWarning}, ${post.isSensitive}, ${post.language}, ${post.isLocalOnly},
      ${JSON.stringify(post.policy)}::jsonb, ${post.appId}, ${post.createdAt}, ${post.editedAt},
      case when ${post.boostOfId}::bigint is null then coalesce(
        (select coalesce(r.conversation_id, r.id) from posts r where r.id = ${post.replyToId}::bigint),
        ${post.id}::bigint) end)
    on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

/** What an edit may change. */
export interface Revision {
  html: string;
  source: string | null;
  contentWarning: string;
  isSensitive: boolean;
  language: string | null;
}

export async function updatePost(
  db: Db,
  id: string,
  revision: Revision,
  at: Temporal.Instant,
): Promise<void> {
  await sql`
    update posts set html = ${revision.html}, source = ${revision.source},
      content_warning = ${revision.contentWarning}, is_sensitive = ${revision.isSensitive},
      language = ${revision.language}, edited_at = ${at}
    where id = ${id}`.execute(db);
}

/** How a post read from `createdAt` on, until the next edit. */
export interface Edit {
  html: string;
  source: string | null;
  contentWarning: string;
  isSensitive: boolean;
  pollOptions: string[] | null;
  attachments: ShownBefore[];
  createdAt: Temporal.Instant;
}

export async function insertEdit(db: Db, postId: string, edit: Edit): Promise<void> {
  await sql`
    insert into post_edits (post_id, html, source, content_warning, is_sensitive, poll_options, attachments,
      created_at)
    values (${postId}, ${edit.html}, ${edit.source}, ${edit.contentWarning}, ${edit.isSensitive},
      ${edit.pollOptions}, ${JSON.stringify(edit.attachments)}, ${edit.createdAt})`.execute(db);
}

/** How it read before, oldest first; the present text is in the post itself. */
export async function editsOf(db: Db, postId: string): Promise<Edit[]> {
  const { rows } = await sql<Edit>`
    select html, source, content_warning as "contentWarning", is_sensitive as "isSensitive",
      poll_options as "pollOptions", attachments, created_at as "createdAt"
    from post_edits where post_id = ${postId} order by id`.execute(db);
  return rows;
}

/** Removes a post with its boosts, and says whether it was there. What the public could see leaves a tombstone. */
export async function deletePostRow(db: Db, post: Post, leavesTombstone: boolean): Promise<boolean> {
  if (leavesTombstone) {
    await sql`
      insert into tombstones (post_id, author_id, uri) values (${post.id}, ${post.authorId}, ${post.uri})
      on conflict do nothing`.execute(db);
  }
  const { numAffectedRows } = await sql`delete from posts where id = ${post.id}`.execute(db);
  return numAffectedRows === 1n;
}

/** The URI of the post that everybody could see and that once had this id; undefined where there was none. */
export async function tombstoneUri(db: Db, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ uri: string }>`select uri from tombstones where post_id = ${id}`.execute(db);
  return rows[0]?.uri;
}

/** Counts up (or, with negative numbers, down) what a post has; never below zero. */
export async function countForPost(
  db: Db,
  id: string,
  change: { replies?: number; boosts?: number; favourites?: number },
): Promise<void> {
  await sql`
    update posts set
      replies_count = greatest(0, replies_count + ${change.replies ?? 0}::int),
      boosts_count = greatest(0, boosts_count + ${change.boosts ?? 0}::int),
      favourites_count = greatest(0, favourites_count + ${change.favourites ?? 0}::int)
    where id = ${id}`.execute(db);
}

/** Answers that came before what they answer find it. Answers which threads they began. */
export async function adoptReplies(
  db: Db,
  post: Pick<Post, "id" | "authorId" | "uri">,
): Promise<string[]> {
  const { rows } = await sql<{ threadId: string }>`
    update posts p set reply_to_id = ${post.id}, reply_to_account_id = ${post.authorId}, reply_to_uri = null
    where reply_to_uri = ${post.uri} returning ${threadOf()} as "threadId"`.execute(db);
  if (rows.length > 0) await countForPost(db, post.id, { replies: rows.length });
  return [...new Set(rows.map((row) => row.threadId))];
}

/** Counts a post of this account; answers whether somebody wants to be told of all that it writes. */
export async function notePosted(
  db: Db,
  authorId: string,
  at: Temporal.Instant,
): Promise<{ isAwaited: boolean }> {
  const { rows: [row] } = await sql<{ isAwaited: boolean }>`
    update accounts a set posts_count = posts_count + 1, last_post_at = greatest(last_post_at, ${at})
    where id = ${authorId}
    returning exists (select 1 from follows f where f.account_id = a.id and f.notifies) as "isAwaited"`
    .execute(db);
  return row!;
}

/** The accounts whose boosts of this post go when it goes. */
export async function boostersOf(db: Db, postId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select author_id as id from posts where boost_of_id = ${postId} order by author_id`.execute(db);
  return rows.map((row) => row.id);
}

/** The accounts that a post mentions. */
export async function mentionedIn(db: Db, postId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select account_id as id from mentions where post_id = ${postId}`.execute(db);
  return rows.map((row) => row.id);
}

export async function insertMentions(
  db: Db,
  postId: string,
  accountIds: readonly string[],
): Promise<void> {
  if (accountIds.length === 0) return;
  await sql`
    insert into mentions (post_id, account_id)
    select ${postId}::bigint, id from unnest(${accountIds}::bigint[]) as id
    on conflict do nothing`.execute(db);
}

/** A hashtag: by its normalised name, and as it was written. */
export interface Tag {
  name: string;
  displayName: string;
}

/** New tags are made known. In the order of their names, so that two posts at once don't lock crosswise. */
export async function insertTags(db: Db, postId: string, tags: readonly Tag[]): Promise<void> {
  if (tags.length === 0) return;
  const names = tags.map((tag) => tag.name);
  await sql`
    insert into tags (name, display_name)
    select name, display from unnest(${names}::text[], ${tags.map((tag) => tag.displayName)}::text[])
      as t (name, display) order by name
    on conflict (name) do nothing`.execute(db);
  await sql`
    insert into post_tags (post_id, tag_id)
    select ${postId}::bigint, id from tags where name = any(${names}::text[])
    on conflict do nothing`.execute(db);
}

/** An edited post mentions and is tagged with what it says now. */
export async function deleteMentionsAndTags(db: Db, postId: string): Promise<void> {
  await sql`delete from mentions where post_id = ${postId}`.execute(db);
  await sql`delete from post_tags where post_id = ${postId}`.execute(db);
}

/**
 * Takes an idempotency key for an account. Waits for whoever holds it; then answers what they made with it,
 * or undefined where it is ours now (RFC draft-ietf-httpapi-idempotency-key-header).
 */
export async function takeIdempotencyKey(
  db: Db,
  accountId: string,
  key: string,
  postId: string,
): Promise<string | undefined> {
  const { rows: [taken] } = await sql<{ postId: string }>`
    insert into idempotency_keys (account_id, key, post_id) values (${accountId}, ${key}, ${postId})
    on conflict (account_id, key) do update set key = excluded.key
    returning post_id as "postId"`.execute(db);
  return taken?.postId === postId ? undefined : taken?.postId;
}

/** Forgets keys that nobody will repeat any more. */
export async function deleteIdempotencyKeys(db: Db, before: Temporal.Instant): Promise<void> {
  await sql`delete from idempotency_keys where created_at < ${before}`.execute(db);
}
