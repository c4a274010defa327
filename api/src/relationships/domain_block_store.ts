import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, newestFirst, type Page } from "../base/page.ts";

/** Whole servers that members keep away from themselves. */

/** False where it is there already. */
export async function insertDomainBlock(db: Db, accountId: string, domain: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into account_domain_blocks (account_id, domain) values (${accountId}, ${domain})
    on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

export async function deleteDomainBlock(db: Db, accountId: string, domain: string): Promise<void> {
  await sql`
    delete from account_domain_blocks where account_id = ${accountId} and domain = ${domain}`.execute(db);
}

export async function isDomainBlocked(db: Db, accountId: string, domain: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from account_domain_blocks where account_id = ${accountId} and domain = ${domain}`.execute(db);
  return rows.length > 0;
}

export interface ListedDomain {
  cursor: string;
  domain: string;
}

/** Which servers `accountId` keeps away, the latest first. */
export async function domainsBlockedBy(db: Db, accountId: string, page: Page): Promise<ListedDomain[]> {
  const { where, tail } = keyset(sql.ref("x.id"), page);
  const { rows } = await sql<ListedDomain>`
    select x.id as cursor, x.domain
    from account_domain_blocks x where x.account_id = ${accountId} and ${where} ${tail}`.execute(db);
  return newestFirst(rows, page);
}

/** How many there whom `accountId` follows, and who follow them. */
export async function countTies(
  db: Db,
  accountId: string,
  domain: string,
): Promise<{ following: number; followers: number }> {
  const { rows: [row] } = await sql<{ following: number; followers: number }>`
    select
      (select count(*)::int from follows f join accounts a on a.id = f.account_id
        where f.follower_id = ${accountId} and a.domain = ${domain}) as following,
      (select count(*)::int from follows f join accounts a on a.id = f.follower_id
        where f.account_id = ${accountId} and a.domain = ${domain}) as followers`.execute(db);
  return row!;
}

/** Some of those there who are tied to `accountId` by a follow or a request, either way. */
export async function tiedTo(db: Db, accountId: string, domain: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from (
      select account_id as id from follows where follower_id = ${accountId}
      union select follower_id from follows where account_id = ${accountId}
      union select account_id from follow_requests where follower_id = ${accountId}
      union select follower_id from follow_requests where account_id = ${accountId}
    ) tied join accounts a on a.id = tied.id
    where a.domain = ${domain} order by a.id limit ${limit}::int`.execute(db);
  return rows.map((row) => row.id);
}
