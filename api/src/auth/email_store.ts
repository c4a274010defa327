import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** SQL about members' e-mail addresses: which is theirs, and which is to be. */

/** The address of this member is theirs; false where that was known. */
export async function updateConfirmation(db: Db, accountId: string, at: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update members set confirmed_at = ${at}
    where account_id = ${accountId} and confirmed_at is null`.execute(db);
  return numAffectedRows === 1n;
}

/** Gives a member who has not confirmed any another address. */
export async function replaceUnconfirmedEmail(db: Db, accountId: string, email: string): Promise<void> {
  await sql`
    update members set email = ${email} where account_id = ${accountId} and confirmed_at is null`.execute(db);
}

/** Which address is to take the place of the present one; null: none. */
export async function updateNewEmail(db: Db, accountId: string, email: string | null): Promise<void> {
  await sql`update members set new_email = ${email} where account_id = ${accountId}`.execute(db);
}

/** The new address takes the place of the present one. Fails by the key `members_email` where somebody has it. */
export async function takeNewEmail(db: Db, accountId: string): Promise<void> {
  await sql`
    update members set email = new_email, new_email = null
    where account_id = ${accountId} and new_email is not null`.execute(db);
}

/** An address and the language in which to write there. */
export interface Reachable {
  accountId: string;
  email: string;
  confirmedAt: Temporal.Instant | null;
}

/** Those who let people in. */
export async function doorkeepers(db: Db): Promise<Reachable[]> {
  const { rows } = await sql<Reachable>`
    select m.account_id as "accountId", m.email, m.confirmed_at as "confirmedAt"
    from members m join accounts a on a.id = m.account_id
    where m.role in ('moderator', 'admin') and a.suspended_at is null and a.deleted_at is null`.execute(db);
  return rows;
}

/**
 * Deletes accounts whose owner never confirmed their address and that were made before `before`: at most `limit`,
 * and none that somebody follows or that has posted. Nobody has seen them, so their names are free again.
 */
export async function deleteNeverConfirmed(db: Db, before: Temporal.Instant, limit: number): Promise<void> {
  await sql`
    delete from accounts a where a.id in (
      select m.account_id from members m join accounts o on o.id = m.account_id
      where m.confirmed_at is null and m.created_at < ${before} and o.posts_count = 0
        and not exists (select from follows f where f.account_id = o.id or f.follower_id = o.id)
      limit ${limit}::int)`.execute(db);
}
