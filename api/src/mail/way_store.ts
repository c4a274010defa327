import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** How it stands with the mail server. */
export interface WayState {
  /** How often in a row it was the trouble. */
  failures: number;
  /** Nothing is tried before. */
  closedUntil: Temporal.Instant | null;
  error: string;
}

export async function wayState(db: Db): Promise<WayState> {
  const { rows: [row] } = await sql<WayState>`
    select failures, closed_until as "closedUntil", error from mail_way`.execute(db);
  return row!;
}

/** False where it is closed already. */
export async function closeWay(
  db: Db,
  { at, until, error }: { at: Temporal.Instant; until: Temporal.Instant; error: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update mail_way set failures = failures + 1, closed_until = ${until}, error = ${error}
    where closed_until is null or closed_until <= ${at}`.execute(db);
  return numAffectedRows === 1n;
}

/** Nothing is written where it is open already. */
export async function openWay(db: Db): Promise<void> {
  await sql`
    update mail_way set failures = 0, closed_until = null, error = ''
    where failures > 0 or closed_until is not null`.execute(db);
}

/** When there may be something to do again; undefined where nothing waits. */
export async function nextMailAt(db: Db): Promise<Temporal.Instant | undefined> {
  const { rows: [row] } = await sql<{ at: Temporal.Instant | null }>`
    select greatest((select closed_until from mail_way),
      (select min(greatest(due_at, claimed_until)) from mails where state = 'waiting')) as at
    where exists (select from mails where state = 'waiting')`.execute(db);
  return row?.at ?? undefined;
}

/** What waits, by kind. */
export interface Waiting {
  kind: string;
  count: number;
  since: Temporal.Instant;
  dueAt: Temporal.Instant;
}

export async function waitingMails(db: Db): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select kind, count(*)::int as count, min(created_at) as since, min(due_at) as "dueAt"
    from mails where state = 'waiting' group by kind order by min(lane), kind`.execute(db);
  return rows;
}

/** A mail that nobody would take. */
export interface FailedMail {
  id: string;
  kind: string;
  username: string | null;
  error: string;
  endedAt: Temporal.Instant;
}

/** The latest of them. */
export async function failedMails(db: Db, limit: number): Promise<FailedMail[]> {
  const { rows } = await sql<FailedMail>`
    select m.id, m.kind, a.username, m.error, m.ended_at as "endedAt"
    from mails m left join accounts a on a.id = m.account_id
    where m.state = 'failed' order by m.ended_at desc limit ${limit}::int`.execute(db);
  return rows;
}
