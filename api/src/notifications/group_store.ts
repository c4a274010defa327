import { type RawBuilder, sql } from "kysely";
import type { Db } from "../base/db.ts";
import { isId } from "../base/ids.ts";
import { keyset, type Listed, newestFirst, type Page } from "../base/page.ts";
import type { Group } from "./group.ts";
import { markersOf } from "./marker_store.ts";
import { aloneIn, groupKeyOf, type Kind, type Notification } from "./notification.ts";
import { type Choice, chosen, notificationColumns, shownTo } from "./store.ts";

/** Of a group that many people made, so many are named. */
const mostNamed = 8;

/** The key under which a notification is told where only these kinds are grouped. */
function keyFor(grouped: readonly Kind[]): RawBuilder<string> {
  return sql`case when n.group_key is not null and n.kind = any(${grouped}::text[])
    then n.group_key else 'ungrouped-' || n.id end`;
}

/**
 * A member's notifications in groups, one of each group and the latest first. `walk` goes from notification to
 * notification by one index, past those whose group it has seen; a group that reaches over several pages is on
 * each of them with what falls there.
 */
async function firstOfEach(
  db: Db,
  accountId: string,
  choice: Choice,
  grouped: readonly Kind[],
  page: Page,
): Promise<Notification[]> {
  const upwards = page.min !== undefined;
  const key = keyFor(grouped);
  const { where, tail } = keyset(sql.ref("n.id"), { ...page, limit: 1 });
  const { rows } = await sql<Notification>`
    with recursive walk (id, keys) as (
      (select n.id, array[${key}] from ${shownTo(accountId)} and ${chosen(choice)} and ${where} ${tail})
      union all
      select further.id, walk.keys || further.key
      from walk cross join lateral (
        select n.id, ${key} as key from ${shownTo(accountId)} and ${chosen(choice)} and ${where}
          and n.id ${upwards ? sql`>` : sql`<`} walk.id and ${key} <> all(walk.keys)
        ${tail}) further
      where cardinality(walk.keys) < ${page.limit}::int
    )
    select ${notificationColumns} from walk join notifications n on n.id = walk.id
    order by n.id desc`.execute(db);
  return rows;
}

/** A page of groups. */
export async function groupsOf(
  db: Db,
  accountId: string,
  choice: Choice,
  grouped: readonly Kind[],
  page: Page,
): Promise<Group[]> {
  const found = await firstOfEach(db, accountId, choice, grouped, page);
  const newest = found[0]?.id;
  if (newest === undefined) return [];
  const isLast = found.length < page.limit;
  const upTo = isLast && page.min !== undefined && page.max !== undefined ? before(page.max) : newest;
  const from = isLast && page.min === undefined ? page.since ?? "0" : found.at(-1)!.id;
  const alone = found.map((one) => grouped.includes(one.kind) ? one : { ...one, groupKey: null });
  return await gather(db, accountId, alone, { from, upTo });
}

/** A group by its key, with all that is in it; undefined where there is none. */
export async function groupByKey(db: Db, accountId: string, key: string): Promise<Group | undefined> {
  const { rows } = await sql<Notification>`
    select ${notificationColumns} from ${shownTo(accountId)} and ${isIn(key)}
    order by n.id desc limit 1`.execute(db);
  const [found] = rows;
  if (!found) return undefined;
  const shown = aloneIn(key) === undefined ? found : { ...found, groupKey: null };
  return (await gather(db, accountId, [shown], { from: "0", upTo: found.id }))[0];
}

/** What the groups of these notifications hold between these ids. */
async function gather(
  db: Db,
  accountId: string,
  found: readonly Notification[],
  { from, upTo }: { from: string; upTo: string },
): Promise<Group[]> {
  const keys = found.flatMap(({ groupKey }) => groupKey ?? []);
  const rows = keys.length === 0 ? [] : await groupRows(db, accountId, keys, from, upTo);
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return found.map((notification) => {
    const { id, fromId, createdAt, groupKey } = notification;
    const alone = { count: 1, latestId: id, latestAt: createdAt, oldestId: id, fromIds: [fromId] };
    const group = byKey.get(groupKey ?? "") ?? alone;
    return { ...group, key: groupKeyOf(notification), notification };
  });
}

type GroupRow = Omit<Group, "notification">;

async function groupRows(
  db: Db,
  accountId: string,
  keys: readonly string[],
  from: string,
  upTo: string,
): Promise<GroupRow[]> {
  const { rows } = await sql<GroupRow>`
    select k.key, part.count, part.oldest as "oldestId", latest.id as "latestId",
      latest.created_at as "latestAt", array(
        select n.from_account_id::text from notifications n
          join accounts f on f.id = n.from_account_id and f.suspended_at is null
        where n.account_id = ${accountId} and n.group_key = k.key and n.id <= ${upTo}::bigint
        order by n.id desc limit ${mostNamed}::int) as "fromIds"
    from unnest(${keys}::text[]) as k (key)
      cross join lateral (
        select count(*)::int as count, min(n.id) filter (where n.id >= ${from}::bigint) as oldest
        from notifications n
        where n.account_id = ${accountId} and n.group_key = k.key and n.id <= ${upTo}::bigint) part
      cross join lateral (
        select n.id, n.created_at from notifications n
        where n.account_id = ${accountId} and n.group_key = k.key and n.id <= ${upTo}::bigint
        order by n.id desc limit 1) latest`.execute(db);
  return rows;
}

/** Who made a group, the latest first. */
export async function peopleOfGroup(db: Db, accountId: string, key: string, page: Page): Promise<Listed[]> {
  const { where, tail } = keyset(sql.ref("n.id"), page);
  const { rows } = await sql<Listed>`
    select n.id as cursor, n.from_account_id as id from ${shownTo(accountId)} and ${isIn(key)} and ${where}
    ${tail}`.execute(db);
  return newestFirst(rows, page);
}

export async function deleteGroup(db: Db, accountId: string, key: string): Promise<void> {
  await sql`delete from notifications n where n.account_id = ${accountId} and ${isIn(key)}`.execute(db);
}

/** How many groups have something that the member has not read; beyond `limit` they are not counted. */
export async function countUnreadGroups(
  db: Db,
  accountId: string,
  choice: Choice,
  grouped: readonly Kind[],
  limit: number,
): Promise<number> {
  const markers = await markersOf(db, accountId, ["notifications"]);
  const since = markers.get("notifications")?.lastReadId;
  return (await firstOfEach(db, accountId, choice, grouped, { limit, since })).length;
}

/** The condition that a notification belongs to this group. */
function isIn(key: string): RawBuilder<boolean> {
  const id = aloneIn(key);
  if (id === undefined) return sql`n.group_key = ${key}`;
  return isId(id) ? sql`n.id = ${id}::bigint` : sql`false`;
}

function before(id: string): string {
  return String(BigInt(id) - 1n);
}
