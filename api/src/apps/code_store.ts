import { sql } from "kysely";
import type { Scope } from "../auth/scopes.ts";
import type { Db } from "../base/db.ts";

/** A code on its way to an app. It is known to the app alone; we keep its hash. */
export interface Code {
  codeHash: string;
  appId: string;
  accountId: string;
  redirectUri: string;
  scopes: Scope[];
  codeChallenge: string | null;
  expiresAt: Temporal.Instant;
}

export async function insertCode(db: Db, code: Code): Promise<void> {
  await sql`
    insert into authorization_codes
      (code_hash, app_id, account_id, redirect_uri, scopes, code_challenge, expires_at)
    values (${code.codeHash}, ${code.appId}, ${code.accountId}, ${code.redirectUri},
      ${code.scopes}::text[], ${code.codeChallenge}, ${code.expiresAt})`.execute(db);
}

const columns = sql`
  code_hash as "codeHash", app_id as "appId", account_id as "accountId", redirect_uri as "redirectUri", scopes,
  code_challenge as "codeChallenge", expires_at as "expiresAt", used_at as "usedAt"`;

export type StoredCode = Code & { usedAt: Temporal.Instant | null };

export async function codeByHash(db: Db, codeHash: string): Promise<StoredCode | undefined> {
  const { rows } = await sql<StoredCode>`
    select ${columns} from authorization_codes where code_hash = ${codeHash}`.execute(db);
  return rows[0];
}

/** The same, and whoever else wants to use it waits until our transaction ends. */
export async function lockCode(db: Db, codeHash: string): Promise<StoredCode | undefined> {
  const { rows } = await sql<StoredCode>`
    select ${columns} from authorization_codes where code_hash = ${codeHash} for update`.execute(db);
  return rows[0];
}

export async function markUsed(db: Db, codeHash: string, at: Temporal.Instant): Promise<void> {
  await sql`update authorization_codes set used_at = ${at} where code_hash = ${codeHash}`.execute(db);
}

/** Takes back what this app was offered but has not fetched yet. */
export async function deleteCodesOf(db: Db, accountId: string, appId: string): Promise<void> {
  await sql`
    delete from authorization_codes where account_id = ${accountId} and app_id = ${appId}`.execute(db);
}

export async function deleteExpiredCodes(db: Db, now: Temporal.Instant): Promise<void> {
  await sql`delete from authorization_codes where expires_at < ${now}`.execute(db);
}
