import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Announcement, ShownAnnouncement } from "./announcement.ts";

const columns = sql`
  n.id, n.text, n.starts_at as "startsAt", n.ends_at as "endsAt", n.all_day as "isAllDay",
  n.published_at as "publishedAt", n.updated_at as "updatedAt"`;

/** How many are shown at the most: nobody reads more. */
const most = 20;

/** Those that are not over, the latest first; with `dismissed` also those that the member has put away. */
export async function announcementsFor(
  db: Db,
  accountId: string,
  { at, dismissed }: { at: Temporal.Instant; dismissed: boolean },
): Promise<ShownAnnouncement[]> {
  const { rows } = await sql<ShownAnnouncement>`
    select shown.*, (
      select coalesce(jsonb_agg(jsonb_build_object('name', g.name, 'count', g.count, 'me', g.me)
        order by g.first), '[]') from (
          select r.name, count(*)::int as count, bool_or(r.account_id = ${accountId}::bigint) as me,
            min(r.created_at) as first
          from announcement_reactions r where r.announcement_id = shown.id group by r.name) as g) as reactions
    from (
      select ${columns}, exists (select 1 from announcement_reads r
        where r.announcement_id = n.id and r.account_id = ${accountId}::bigint) as read
      from announcements n
      where coalesce(n.ends_at > ${at}, true)) as shown
    where ${dismissed}::boolean or not shown.read
    order by shown.id desc limit ${most}::int`.execute(db);
  return rows;
}

export async function announcementById(db: Db, id: string): Promise<Announcement | undefined> {
  const { rows } = await sql<Announcement>`select ${columns} from announcements n where n.id = ${id}`.execute(
    db,
  );
  return rows[0];
}

/** All there ever were that nobody has removed, the latest first. */
export async function allAnnouncements(db: Db): Promise<Announcement[]> {
  const { rows } = await sql<Announcement>`select ${columns} from announcements n order by n.id desc`.execute(
    db,
  );
  return rows;
}

export async function insertAnnouncement(
  db: Db,
  { text, startsAt, endsAt, isAllDay, publishedAt }: Omit<Announcement, "id" | "updatedAt">,
): Promise<string> {
  const { rows: [row] } = await sql<{ id: string }>`
    insert into announcements (text, starts_at, ends_at, all_day, published_at, updated_at)
    values (${text}, ${startsAt}, ${endsAt}, ${isAllDay}, ${publishedAt}, ${publishedAt}) returning id`
    .execute(db);
  return row!.id;
}

/** False where there was none. */
export async function deleteAnnouncement(db: Db, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from announcements where id = ${id}`.execute(db);
  return numAffectedRows === 1n;
}

export async function insertRead(db: Db, accountId: string, id: string): Promise<void> {
  await sql`
    insert into announcement_reads (account_id, announcement_id) values (${accountId}, ${id})
    on conflict do nothing`.execute(db);
}

/** False where there are so many different ones already that this would be one too many. */
export async function insertReaction(
  db: Db,
  { id, accountId, name, most }: { id: string; accountId: string; name: string; most: number },
): Promise<boolean> {
  const { rows: [row] } = await sql<{ fits: boolean }>`
    with known as (
      select count(distinct name) < ${most}::int or bool_or(name = ${name}) as fits
      from announcement_reactions where announcement_id = ${id}
    ), made as (
      insert into announcement_reactions (announcement_id, account_id, name)
      select ${id}::bigint, ${accountId}::bigint, ${name} from known where fits on conflict do nothing)
    select fits from known`.execute(db);
  return row!.fits;
}

export async function deleteReaction(db: Db, id: string, accountId: string, name: string): Promise<void> {
  await sql`
    delete from announcement_reactions
    where announcement_id = ${id} and account_id = ${accountId} and name = ${name}`.execute(db);
}
