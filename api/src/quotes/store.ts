import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Quote, QuoteDraft, QuoteState } from "./quote.ts";

const quoteColumns = sql`
  q.post_id as "postId", q.quoted_id as "quotedId", q.quoted_uri as "quotedUri", q.state,
  q.stamp_uri as "stampUri"`;

/** What this post quotes; undefined where it is nothing. */
export async function quoteByPost(db: Db, postId: string): Promise<Quote | undefined> {
  const { rows } = await sql<Quote>`select ${quoteColumns} from quotes q where q.post_id = ${postId}`.execute(
    db,
  );
  return rows[0];
}

/** By where the quoted author's server says that they agreed. */
export async function quotesByStamp(db: Db, stampUri: string): Promise<Quote[]> {
  const { rows } = await sql<Quote>`
    select ${quoteColumns} from quotes q where q.stamp_uri = ${stampUri}`.execute(db);
  return rows;
}

/** False where the post quotes something already. */
export async function insertQuote(db: Db, postId: string, quote: QuoteDraft): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into quotes (post_id, quoted_id, quoted_uri, state, stamp_uri)
    values (${postId}, ${quote.quotedId}, ${quote.quotedUri}, ${quote.state}, ${quote.stampUri})
    on conflict do nothing`.execute(db);
  if (numAffectedRows === 1n && quote.state === "accepted") await count(db, quote.quotedId, 1);
  return numAffectedRows === 1n;
}

/** Brings a quote from one of these states into another; false where it was in none of them. */
export async function moveQuote(
  db: Db,
  postId: string,
  { from, to, stampUri = null }: { from: readonly QuoteState[]; to: QuoteState; stampUri?: string | null },
): Promise<boolean> {
  const { rows: [moved] } = await sql<{ quotedId: string | null; before: QuoteState }>`
    update quotes q set state = ${to}, stamp_uri = coalesce(${stampUri}, q.stamp_uri)
    from (select post_id, state from quotes where post_id = ${postId} for update) was
    where q.post_id = was.post_id and was.state = any(${from}::text[])
    returning q.quoted_id as "quotedId", was.state as before`.execute(db);
  if (!moved) return false;
  await count(db, moved.quotedId, Number(to === "accepted") - Number(moved.before === "accepted"));
  return true;
}

/** Where the quoted author's server is said to agree. */
export async function setStamp(db: Db, postId: string, stampUri: string): Promise<void> {
  await sql`update quotes set stamp_uri = ${stampUri} where post_id = ${postId}`.execute(db);
}

/** Forgets that a post quotes something: within a transaction, and before the post itself goes. */
export async function deleteQuote(db: Db, postId: string): Promise<void> {
  const { rows: [gone] } = await sql<Quote>`
    delete from quotes q where q.post_id = ${postId} returning ${quoteColumns}`.execute(db);
  if (gone?.state === "accepted") await count(db, gone.quotedId, -1);
}

/** Those who quote it. */
export async function quotersOf(db: Db, quotedId: string): Promise<string[]> {
  const { rows } = await sql<{ authorId: string }>`
    select distinct p.author_id as "authorId" from quotes q join posts p on p.id = q.post_id
    where q.quoted_id = ${quotedId}`.execute(db);
  return rows.map((row) => row.authorId);
}

/** Quotes that came before what they quote find it. */
export async function adoptQuotes(db: Db, post: { id: string; uri: string }): Promise<void> {
  await sql`
    update quotes set quoted_id = ${post.id} where quoted_id is null and quoted_uri = ${post.uri}`.execute(
    db,
  );
}

async function count(db: Db, quotedId: string | null, change: number): Promise<void> {
  if (quotedId === null || change === 0) return;
  await sql`
    update posts set quotes_count = greatest(0, quotes_count + ${change}::int) where id = ${quotedId}`
    .execute(db);
}
