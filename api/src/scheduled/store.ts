import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, newestFirst, type Page } from "../base/page.ts";
import type { Scheduled } from "./scheduled.ts";

const columns = sql`s.id, s.account_id as "accountId", s.due_at as "dueAt", s.publication`;

/** One of this account's; undefined where it is gone, or somebody else's. */
export async function scheduledById(db: Db, accountId: string, id: string): Promise<Scheduled | undefined> {
  const { rows } = await sql<Scheduled>`
    select ${columns} from scheduled_posts s where s.id = ${id} and s.account_id = ${accountId}`.execute(db);
  return rows[0];
}

/** What waits of this account, the last written first. */
export async function scheduledOf(db: Db, accountId: string, page: Page): Promise<Scheduled[]> {
  const { where, tail } = keyset(sql`s.id`, page);
  const { rows } = await sql<Scheduled>`
    select ${columns} from scheduled_posts s where s.account_id = ${accountId} and ${where} ${tail}`.execute(
    db,
  );
  return newestFirst(rows, page);
}

/** How much waits of this account, in all and for one day. What adds to it takes turns by the account's row. */
export async function lockScheduled(
  db: Db,
  accountId: string,
  day: { from: Temporal.Instant; to: Temporal.Instant },
): Promise<{ all: number; thatDay: number }> {
  await sql`select 1 from accounts where id = ${accountId} for no key update`.execute(db);
  const { rows: [counts] } = await sql<{ all: number; thatDay: number }>`
    select count(*)::int as all,
      (count(*) filter (where due_at >= ${day.from} and due_at < ${day.to}))::int as "thatDay"
    from scheduled_posts where account_id = ${accountId}`.execute(db);
  return counts!;
}

/** Puts it down, with its uploads; undefined where this attempt was made before: then that one's id. */
export async function insertScheduled(
  db: Db,
  { id, accountId, dueAt, publication }: Scheduled,
): Promise<string | undefined> {
  const key = publication.idempotency;
  const { numAffectedRows } = await sql`
    insert into scheduled_posts (id, account_id, due_at, publication, idempotency_key)
    values (${id}, ${accountId}, ${dueAt}, ${JSON.stringify(publication)}::jsonb, ${key})
    on conflict do nothing`.execute(db);
  if (numAffectedRows === 1n) return undefined;
  const { rows: [earlier] } = await sql<{ id: string }>`
    select id from scheduled_posts where account_id = ${accountId} and idempotency_key = ${key}`.execute(db);
  return earlier?.id;
}

export async function updateDue(db: Db, id: string, dueAt: Temporal.Instant): Promise<void> {
  await sql`update scheduled_posts set due_at = ${dueAt} where id = ${id}`.execute(db);
}

/** Those whose time has come, of those who may still post. */
export async function dueScheduled(db: Db, now: Temporal.Instant, limit: number): Promise<Scheduled[]> {
  const { rows } = await sql<Scheduled>`
    select ${columns} from scheduled_posts s join accounts a on a.id = s.account_id
    where s.due_at <= ${now} and a.suspended_at is null
    order by s.due_at limit ${limit}::int`.execute(db);
  return rows;
}

/** Takes it away, within the transaction that publishes it; false where that has happened, or its time has not come. */
export async function takeDue(db: Db, id: string, now: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from scheduled_posts where id = ${id} and due_at <= ${now}`.execute(db);
  return numAffectedRows === 1n;
}

export async function deleteScheduled(db: Db, id: string): Promise<void> {
  await sql`delete from scheduled_posts where id = ${id}`.execute(db);
}
