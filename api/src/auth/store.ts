import { type RawBuilder, sql } from "kysely";
import type { Account } from "../accounts/account.ts";
import { accountColumns } from "../accounts/store.ts";
import type { Db } from "../base/db.ts";
import type { Member, QuotePolicy, Role, Visibility } from "./member.ts";

/** The columns of a member in our words: `select ${memberColumns} from members m`. */
export const memberColumns = sql`
  m.account_id as "accountId", m.email, m.role, m.locale, m.confirmed_at as "confirmedAt",
  m.approved_at as "approvedAt", m.default_visibility as "defaultVisibility",
  m.default_language as "defaultLanguage", m.default_sensitive as "defaultSensitive",
  m.new_email as "newEmail", m.wants_digest as "wantsDigest", m.default_quote_policy as "defaultQuotePolicy"`;

export async function memberById(db: Db, accountId: string): Promise<Member | undefined> {
  const { rows } = await sql<Member>`
    select ${memberColumns} from members m where m.account_id = ${accountId}`.execute(db);
  return rows[0];
}

/** By e-mail address, whatever its case. */
export async function memberByEmail(db: Db, email: string): Promise<Member | undefined> {
  const { rows } = await sql<Member>`
    select ${memberColumns} from members m where lower(m.email) = lower(${email})`.execute(db);
  return rows[0];
}

export interface NewMember {
  accountId: string;
  email: string;
  passwordHash: string;
  role: Member["role"];
  locale: string;
  signupReason: string;
  confirmedAt: Temporal.Instant | null;
  approvedAt: Temporal.Instant | null;
}

export async function insertMember(db: Db, member: NewMember): Promise<void> {
  await sql`
    insert into members
      (account_id, email, password_hash, role, locale, signup_reason, confirmed_at, approved_at)
    values (${member.accountId}, ${member.email}, ${member.passwordHash}, ${member.role}, ${member.locale},
      ${member.signupReason}, ${member.confirmedAt}, ${member.approvedAt})`.execute(db);
}

/** How a member's posts start; what is undefined stays. */
export interface Preferences {
  defaultVisibility?: Visibility;
  defaultSensitive?: boolean;
  defaultQuotePolicy?: QuotePolicy;
  /** Null: the language of their pages. */
  defaultLanguage?: string | null;
}

export async function updatePreferences(db: Db, accountId: string, change: Preferences): Promise<void> {
  await sql`
    update members set
      default_visibility = coalesce(${change.defaultVisibility ?? null}::text, default_visibility),
      default_sensitive = coalesce(${change.defaultSensitive ?? null}::boolean, default_sensitive),
      default_quote_policy = coalesce(${change.defaultQuotePolicy ?? null}::text, default_quote_policy),
      default_language = case when ${change.defaultLanguage !== undefined}::boolean
        then ${change.defaultLanguage ?? null}::text else default_language end
    where account_id = ${accountId}`.execute(db);
}

/** A member with what proves that it is them. */
export interface Credentials {
  account: Account;
  member: Member;
  passwordHash: string;
}

/** By e-mail address, whatever its case. */
export function credentialsByEmail(db: Db, email: string): Promise<Credentials | undefined> {
  return credentials(db, sql`lower(m.email) = lower(${email})`);
}

/** By the name of a local account, whatever its case. */
export function credentialsByName(db: Db, username: string): Promise<Credentials | undefined> {
  return credentials(db, sql`lower(a.username) = lower(${username}) and coalesce(a.domain, '') = ''`);
}

async function credentials(db: Db, condition: RawBuilder<unknown>): Promise<Credentials | undefined> {
  const { rows: [row] } = await sql<Account & Member & { passwordHash: string }>`
    select ${memberColumns}, ${accountColumns}, m.password_hash as "passwordHash"
    from members m join accounts a on a.id = m.account_id
    where ${condition} and a.deleted_at is null`.execute(db);
  if (!row) return undefined;
  const { passwordHash, ...holder } = row;
  return { account: holder, member: holder, passwordHash };
}

export async function passwordHashOf(db: Db, accountId: string): Promise<string | undefined> {
  const { rows } = await sql<{ hash: string }>`
    select password_hash as hash from members where account_id = ${accountId}`.execute(db);
  return rows[0]?.hash;
}

export async function updatePasswordHash(db: Db, accountId: string, hash: string): Promise<void> {
  await sql`update members set password_hash = ${hash} where account_id = ${accountId}`.execute(db);
}

/** False where there is no such member. */
export async function updateRole(db: Db, accountId: string, role: Role): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update members set role = ${role} where account_id = ${accountId}`.execute(db);
  return numAffectedRows === 1n;
}

/** Whether anybody runs this server yet. */
export async function hasAdmin(db: Db): Promise<boolean> {
  const { rows } = await sql`
    select from members m join accounts a on a.id = m.account_id
    where m.role = 'admin' and a.suspended_at is null limit 1`.execute(db);
  return rows.length > 0;
}

/** How many wait to be let follow this member: their own profile tells them. */
export async function countFollowRequests(db: Db, accountId: string): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`
    select count(*)::int as count from follow_requests where account_id = ${accountId}`.execute(db);
  return row!.count;
}
