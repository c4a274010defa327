import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Mail } from "./mail.ts";

/** The channel on which workers hear that there is a mail to send. */
export const mailChannel = "riff_mails";

/** Tells the workers when this transaction commits. */
export async function wakePostman(db: Db): Promise<void> {
  await sql`select pg_notify(${mailChannel}, '')`.execute(db);
}

export interface NewMail extends Pick<Mail, "kind" | "accountId" | "recipient" | "about" | "lane"> {
  key: string | null;
  at: Temporal.Instant;
}

export async function insertMail(db: Db, mail: NewMail): Promise<void> {
  await sql`
    insert into mails (kind, account_id, recipient, about, key, lane, due_at, created_at)
    values (${mail.kind}, ${mail.accountId}, ${mail.recipient}, ${JSON.stringify(mail.about)}::jsonb,
      ${mail.key}, ${mail.lane}::smallint, ${mail.at}, ${mail.at})
    on conflict (key) do nothing`.execute(db);
}

/** How many this day's limit has counted. The day stays ours until the transaction ends: nobody else counts. */
export async function takenOn(db: Db, day: string): Promise<number> {
  const { rows: [row] } = await sql<{ taken: number }>`
    insert into mail_days (day, taken) values (${day}::date, 0)
    on conflict (day) do update set taken = mail_days.taken returning taken`.execute(db);
  return row!.taken;
}

/** The day that counts, as a date: days change at midnight UTC. */
export function dayOf(at: Temporal.Instant): string {
  return at.toString().slice(0, 10);
}

/** How many it has counted so far, for whoever only asks. */
export async function takenOnDay(db: Db, day: string): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    select taken from mail_days where day = ${day}::date`.execute(db);
  return rows[0]?.taken ?? 0;
}

/** Counts so many more; fewer where mails that were counted did not leave. */
export async function countOn(db: Db, day: string, more: number): Promise<void> {
  await sql`
    insert into mail_days (day, taken) values (${day}::date, greatest(0, ${more}::int))
    on conflict (day) do update set taken = greatest(0, mail_days.taken + ${more}::int)`.execute(db);
}

/** What has left since the first day of this day's month. */
export async function takenInMonth(db: Db, day: string): Promise<number> {
  const { rows: [row] } = await sql<{ taken: number }>`
    select coalesce(sum(taken), 0)::int as taken from mail_days
    where day between date_trunc('month', ${day}::date)::date and ${day}::date`.execute(db);
  return row!.taken;
}

/** What is due, the lanes in their order. Others don't see it until the transaction ends. */
export async function dueMails(db: Db, limit: number, at: Temporal.Instant): Promise<Mail[]> {
  const { rows } = await sql<Mail>`
    select id, kind, account_id as "accountId", recipient, about, lane, attempts, created_at as "createdAt"
    from mails
    where state = 'waiting' and due_at <= ${at} and (claimed_until is null or claimed_until < ${at})
    order by lane, due_at, id limit ${limit}::int for update skip locked`.execute(db);
  return rows;
}

export async function claimMails(db: Db, ids: readonly string[], until: Temporal.Instant): Promise<void> {
  await sql`update mails set claimed_until = ${until} where id = any(${ids}::bigint[])`.execute(db);
}

/** Puts off all that is due in these lanes; answers how many they are. */
export async function putOffLanes(
  db: Db,
  lanes: readonly number[],
  { at, until }: { at: Temporal.Instant; until: Temporal.Instant },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update mails set due_at = ${until}
    where state = 'waiting' and due_at <= ${at} and lane = any(${lanes}::smallint[])
      and (claimed_until is null or claimed_until < ${at})`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

export async function postponeMail(
  db: Db,
  id: string,
  { until, error }: { until: Temporal.Instant; error: string },
): Promise<void> {
  await sql`
    update mails set due_at = ${until}, claimed_until = null, attempts = attempts + 1, error = ${error}
    where id = ${id} and state = 'waiting'`.execute(db);
}

/** How a mail can end: it was taken, there was nothing to say any more, or nobody would take it. */
export type End = "sent" | "dropped" | "failed";

/** It is over: whom it was for and what it was about is forgotten. */
export async function endMail(
  db: Db,
  id: string,
  { state, at, error = "" }: { state: End; at: Temporal.Instant; error?: string },
): Promise<void> {
  await sql`
    update mails set state = ${state}, ended_at = ${at}, claimed_until = null, recipient = '', about = '{}',
      error = ${error}
    where id = ${id}`.execute(db);
}

/** Forgets what was over before `before`, and gives up what has waited since before `since`. */
export async function tidyMails(
  db: Db,
  { before, since, at }: Record<"before" | "since" | "at", Temporal.Instant>,
): Promise<void> {
  await sql`delete from mails where state <> 'waiting' and ended_at < ${before}`.execute(db);
  await sql`
    update mails set state = 'failed', ended_at = ${at}, recipient = '', about = '{}',
      error = 'Waited for too long. ' || error
    where state = 'waiting' and created_at < ${since}`.execute(db);
  await sql`delete from mail_days where day < ${before.toString().slice(0, 10)}::date - 400`.execute(db);
}
