import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Emoji } from "../emoji/emoji.ts";
import { emojisOf } from "../emoji/store.ts";
import type { Poll, PollDraft, Tally } from "./poll.ts";

const columns = sql`
  q.id, q.post_id as "postId", q.author_id as "authorId", q.options, q.votes_counts as "votesCounts",
  q.voters_count as "votersCount", q.multiple, q.hides_totals as "hidesTotals", q.ends_at as "endsAt"`;

export async function pollById(db: Db, id: string): Promise<Poll | undefined> {
  const { rows } = await sql<Poll>`select ${columns} from polls q where q.id = ${id}`.execute(db);
  return rows[0];
}

export async function pollByPost(db: Db, postId: string): Promise<Poll | undefined> {
  const { rows } = await sql<Poll>`select ${columns} from polls q where q.post_id = ${postId}`.execute(db);
  return rows[0];
}

/** A poll, and which of its options somebody has chosen. */
export interface SeenPoll extends Poll {
  /** Those in its options. */
  emojis: Emoji[];
  ownVotes: number[];
}

/** The polls of these posts as `viewerId` sees them, by post; a stranger has chosen nothing. */
export async function pollsByPost(
  db: Db,
  viewerId: string | undefined,
  postIds: readonly string[],
): Promise<Map<string, SeenPoll>> {
  if (postIds.length === 0) return new Map();
  const { rows } = await sql<SeenPoll>`
    select ${columns}, array(
      select v.choice from poll_votes v
      where v.poll_id = q.id and v.voter_id = ${viewerId ?? null}::bigint order by v.choice) as "ownVotes",
      ${emojisOf(sql`q.emoji_names`, sql`a.domain`)} as emojis
    from polls q join accounts a on a.id = q.author_id where q.post_id = any(${postIds}::bigint[])`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.postId, row]));
}

/** What a poll takes from the post that asks. */
export interface Asking {
  id: string;
  authorId: string;
}

export async function insertPoll(db: Db, post: Asking, draft: PollDraft): Promise<void> {
  const { votesCounts, votersCount } = draft.tally ??
    { votesCounts: draft.options.map(() => 0), votersCount: 0 };
  await sql`
    insert into polls
      (post_id, author_id, options, votes_counts, voters_count, multiple, hides_totals, ends_at)
    values (${post.id}, ${post.authorId}, ${draft.options}, ${votesCounts}, ${votersCount}, ${draft.multiple},
      ${draft.hidesTotals}, ${draft.endsAt})`.execute(db);
}

/** Changes what may change while the question stays, and says whether it was different. It may go on again. */
export async function updatePoll(db: Db, id: string, { hidesTotals, endsAt }: PollDraft): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update polls set hides_totals = ${hidesTotals}, ends_at = ${endsAt}, closed_at = null
    where id = ${id} and (hides_totals, ends_at) is distinct from (${hidesTotals}, ${endsAt}::timestamptz)`
    .execute(db);
  return numAffectedRows === 1n;
}

/** How it stands, as its own server counts. */
export async function updateTally(db: Db, id: string, { votesCounts, votersCount }: Tally): Promise<void> {
  await sql`
    update polls set votes_counts = ${votesCounts}, voters_count = ${votersCount} where id = ${id}`.execute(
    db,
  );
}

export async function deletePoll(db: Db, id: string): Promise<void> {
  await sql`delete from polls where id = ${id}`.execute(db);
}

/** Until the transaction ends, ballots wait for each other, and so does an edit. False where it is gone. */
export async function lockPoll(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from polls where id = ${id} for update`.execute(db);
  return rows.length === 1;
}

/** False where the voter has chosen one of these before, or any where only one may be chosen. */
export async function insertVotes(
  db: Db,
  poll: Poll,
  voterId: string,
  choices: readonly number[],
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into poll_votes (poll_id, voter_id, choice, is_only)
    select ${poll.id}::bigint, ${voterId}::bigint, choice, ${!poll.multiple}::boolean
    from unnest(${choices}::smallint[]) as choice
    on conflict do nothing`.execute(db);
  return numAffectedRows === BigInt(choices.length);
}

/** Counts a ballot that has just been put in, and its voter if it is their first. */
export async function countVotes(
  db: Db,
  pollId: string,
  voterId: string,
  choices: readonly number[],
): Promise<void> {
  await sql`
    update polls q set
      votes_counts = array(
        select votes + (place - 1 = any(${choices}::int[]))::int
        from unnest(q.votes_counts) with ordinality as counted (votes, place) order by place),
      voters_count = q.voters_count + (
        select count(*) = cardinality(${choices}::int[])
        from poll_votes v where v.poll_id = q.id and v.voter_id = ${voterId})::int,
      has_news = exists (select 1 from posts p where p.id = q.post_id and p.is_local)
    where q.id = ${pollId}`.execute(db);
}

/** Polls that have ended without anybody being told, the first that ended first. */
export async function pollsToClose(db: Db, now: Temporal.Instant, limit: number): Promise<Poll[]> {
  const { rows } = await sql<Poll>`
    select ${columns} from polls q
    where q.closed_at is null and q.ends_at <= ${now} order by q.ends_at limit ${limit}::int`.execute(db);
  return rows;
}

/** False where it is closed already, or goes on. */
export async function markClosed(db: Db, id: string, now: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update polls set closed_at = ${now} where id = ${id} and closed_at is null and ends_at <= ${now}`
    .execute(db);
  return numAffectedRows === 1n;
}

/** Polls of ours whose count has changed since this was asked last. */
export async function takePollsWithNews(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update polls set has_news = false
    where id in (select id from polls where has_news order by id limit ${limit}::int for update skip locked)
    returning id`.execute(db);
  return rows.map((row) => row.id);
}

/** Who has voted. */
export async function votersOf(db: Db, pollId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct voter_id as id from poll_votes where poll_id = ${pollId}`.execute(db);
  return rows.map((row) => row.id);
}
