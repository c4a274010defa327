import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, type Listed, newestFirst, type Page } from "../base/page.ts";
import { isApart } from "./store.ts";

/** What somebody notes about others for themselves, and whom they recommend to everybody. */

/** An empty comment takes the note away. */
export async function setNote(db: Db, authorId: string, accountId: string, comment: string): Promise<void> {
  if (comment === "") {
    await sql`
      delete from account_notes where author_id = ${authorId} and account_id = ${accountId}`.execute(db);
    return;
  }
  await sql`
    insert into account_notes (author_id, account_id, comment) values (${authorId}, ${accountId}, ${comment})
    on conflict (author_id, account_id) do update set comment = excluded.comment`.execute(db);
}

/** False where `endorserId` does not follow the account. Recommending twice is recommending once. */
export async function insertEndorsement(db: Db, endorserId: string, accountId: string): Promise<boolean> {
  const { rows } = await sql<{ follows: boolean }>`
    with followed as (
        select follower_id, account_id from follows
        where follower_id = ${endorserId} and account_id = ${accountId} for key share),
      made as (
        insert into endorsements (endorser_id, account_id) select * from followed on conflict do nothing)
    select exists (select 1 from followed) as follows`.execute(db);
  return rows[0]!.follows;
}

export async function deleteEndorsement(db: Db, endorserId: string, accountId: string): Promise<void> {
  await sql`
    delete from endorsements where endorser_id = ${endorserId} and account_id = ${accountId}`.execute(db);
}

/** Whom somebody recommends, the latest first. Left out are the suspended, and whom the viewer should not meet. */
export async function endorsedBy(
  db: Db,
  endorserId: string,
  viewerId: string | undefined,
  page: Page,
): Promise<Listed[]> {
  const { where, tail } = keyset(sql`x.id`, page);
  const { rows } = await sql<Listed>`
    select x.id as cursor, x.account_id as id
    from endorsements x join accounts a on a.id = x.account_id and a.suspended_at is null
    where x.endorser_id = ${endorserId} and ${where}
      and ${viewerId ? sql`not ${isApart(viewerId, sql`x.account_id`)}` : sql`true`}
    ${tail}`.execute(db);
  return newestFirst(rows, page);
}
