import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { visibleTo } from "../posts/visibility.ts";
import type { Report } from "./report.ts";

const columns = sql`
  r.id, r.uri, r.reporter_id as "reporterId", r.account_id as "accountId",
  r.post_ids::text[] as "postIds", r.comment, r.category, r.rule_ids as "ruleIds",
  r.is_forwarded as "isForwarded", r.resolved_at as "resolvedAt", r.created_at as "createdAt"`;

export async function reportById(db: Db, id: string): Promise<Report | undefined> {
  const { rows } = await sql<Report>`select ${columns} from reports r where r.id = ${id}`.execute(db);
  return rows[0];
}

export async function reportsById(db: Db, ids: readonly string[]): Promise<Map<string, Report>> {
  const { rows } = await sql<Report>`
    select ${columns} from reports r where r.id = any(${ids}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The latest of those that wait for a moderator, or of all. */
export async function latestReports(db: Db, all: boolean, limit: number): Promise<Report[]> {
  const { rows } = await sql<Report>`
    select ${columns} from reports r where ${all}::boolean or r.resolved_at is null
    order by r.id desc limit ${limit}::int`.execute(db);
  return rows;
}

/** Answers its id; of one from elsewhere that is there already, the one that it has. */
export async function insertReport(
  db: Db,
  report: Omit<Report, "id" | "resolvedAt" | "createdAt">,
): Promise<string> {
  const { rows: [row] } = await sql<{ id: string }>`
    insert into reports (uri, reporter_id, account_id, post_ids, comment, category, rule_ids, is_forwarded)
    values (${report.uri}, ${report.reporterId}, ${report.accountId}, ${report.postIds}::bigint[],
      ${report.comment}, ${report.category}, ${report.ruleIds}::int[], ${report.isForwarded})
    on conflict (uri, account_id) where uri is not null do update set comment = excluded.comment
    returning id`.execute(db);
  return row!.id;
}

/** False where it was resolved before. */
export async function updateResolution(db: Db, id: string, at: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update reports set resolved_at = ${at} where id = ${id} and resolved_at is null`.execute(db);
  return numAffectedRows === 1n;
}

/** Those of these posts that this account has written; with a viewer, only those that the viewer may see. */
export async function postsOf(
  db: Db,
  accountId: string,
  postIds: readonly string[],
  viewer?: { id: string },
): Promise<string[]> {
  if (postIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select p.id from posts p
    where p.id = any(${postIds}::bigint[]) and p.author_id = ${accountId} and p.boost_of_id is null
      and ${viewer ? visibleTo(viewer) : sql`true`}
    order by p.id`.execute(db);
  return rows.map((row) => row.id);
}

/** What lives at one of these addresses: an account of ours, or a post of one. */
export interface Reported {
  accountId: string;
  postId: string | null;
}

/** Whom and what of ours these addresses name; the others are left out. */
export async function reportedAt(db: Db, uris: readonly string[]): Promise<Reported[]> {
  const { rows } = await sql<Reported>`
    select a.id as "accountId", null::bigint as "postId" from accounts a
    where a.uri = any(${uris}::text[]) and a.domain is null and a.deleted_at is null
      and a.kind <> 'application'
    union all
    select a.id, p.id from posts p join accounts a on a.id = p.author_id
    where p.uri = any(${uris}::text[]) and a.domain is null and a.deleted_at is null`.execute(db);
  return rows;
}
