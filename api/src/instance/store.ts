import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** Who may sign up: everybody, those whom a moderator approves, or nobody. */
export type Signups = "open" | "approval" | "closed";

/** What this server says of itself. */
export interface Instance {
  baseUrl: string;
  handleDomain: string;
  title: string;
  description: string;
  contactEmail: string;
  rules: string[];
  signups: Signups;
  membersCount: number;
  postsCount: number;
  /** Members who used their account in the last month, and in the last six. */
  activeMonthCount: number;
  activeHalfYearCount: number;
  /** Other servers that we know. */
  domainsCount: number;
  countedAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
}

const columns = sql`
  base_url as "baseUrl", handle_domain as "handleDomain", title, description,
  contact_email as "contactEmail", rules, signups, members_count as "membersCount",
  posts_count as "postsCount", active_month_count as "activeMonthCount",
  active_half_year_count as "activeHalfYearCount", domains_count as "domainsCount",
  counted_at as "countedAt", created_at as "createdAt"`;

/** This server's row; `rememberIdentity` has made sure that it is known. */
export async function instance(db: Db): Promise<Instance> {
  const { rows: [row] } = await sql<Instance>`select ${columns} from instance`.execute(db);
  return row!;
}

/** Remembers the identity unless there is one; answers the one that counts. */
export async function insertInstance(
  db: Db,
  identity: Pick<Instance, "baseUrl" | "handleDomain">,
): Promise<Instance> {
  await sql`
    insert into instance (base_url, handle_domain) values (${identity.baseUrl}, ${identity.handleDomain})
    on conflict do nothing`.execute(db);
  return await instance(db);
}

export async function updateSignups(db: Db, signups: Signups): Promise<void> {
  await sql`update instance set signups = ${signups}`.execute(db);
}

/** Counts anew what there is, unless somebody did so after `before`. */
export async function recount(db: Db, now: Temporal.Instant, before: Temporal.Instant): Promise<void> {
  await sql`
    update instance set
      counted_at = ${now},
      members_count = (select count(*) from members m join accounts a on a.id = m.account_id
        where m.approved_at is not null and m.confirmed_at is not null and a.suspended_at is null),
      posts_count = (select coalesce(sum(a.posts_count), 0) from accounts a where a.domain is null),
      active_month_count = (select count(distinct account_id) from (
        select account_id from tokens where last_used_on > current_date - 30
        union all select account_id from sessions where last_used_at > now() - interval '30 days') used),
      active_half_year_count = (select count(distinct account_id) from (
        select account_id from tokens where last_used_on > current_date - 180
        union all select account_id from sessions where last_used_at > now() - interval '180 days') used),
      domains_count = (select count(distinct domain) from accounts where domain is not null)
    where counted_at is null or counted_at < ${before}`.execute(db);
}

/** The first admin there was: whom to write to. */
export async function contactAccountId(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select m.account_id as id from members m join accounts a on a.id = m.account_id
    where m.role = 'admin' and a.suspended_at is null order by m.account_id limit 1`.execute(db);
  return rows[0]?.id;
}
