import { sql } from "kysely";
import type { Account } from "../accounts/account.ts";
import { accountColumns } from "../accounts/store.ts";
import type { Db } from "../base/db.ts";
import type { Member, Role } from "./member.ts";
import { memberColumns } from "./store.ts";

/** How it stands with a member. `pending`: waits for a moderator; `unconfirmed`: the address may not be theirs. */
export const states = ["active", "pending", "unconfirmed", "suspended"] as const;
export type State = typeof states[number];

/** A member as those who run the server see them. */
export interface Entry {
  account: Account;
  member: Member;
  state: State;
  /** Why they would like to be here, in their own words. */
  reason: string;
}

/** Whom to list; what is undefined does not matter. */
export interface RosterFilter {
  accountId?: string;
  role?: Role;
  state?: State;
  most: number;
}

/** Members, the newest first. */
export async function roster(db: Db, { accountId, role, state, most }: RosterFilter): Promise<Entry[]> {
  const { rows } = await sql<Account & Member & { state: State; reason: string }>`
    with known as (
      select ${memberColumns}, ${accountColumns}, m.signup_reason as reason,
        case
          when a.suspended_at is not null then 'suspended'
          when m.approved_at is null then 'pending'
          when m.confirmed_at is null then 'unconfirmed'
          else 'active'
        end as state
      from members m join accounts a on a.id = m.account_id
      where a.deleted_at is null
    )
    select * from known
    where (${accountId ?? null}::bigint is null or id = ${accountId ?? null}::bigint)
      and (${role ?? null}::text is null or role = ${role ?? null}::text)
      and (${state ?? null}::text is null or state = ${state ?? null}::text)
    order by id desc limit ${most}`.execute(db);
  return rows.map((row) => ({ account: row, member: row, state: row.state, reason: row.reason }));
}

/** Lets a member in; false where they were in already. */
export async function updateApproval(db: Db, accountId: string, at: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update members set approved_at = ${at}
    where account_id = ${accountId} and approved_at is null`.execute(db);
  return numAffectedRows === 1n;
}
