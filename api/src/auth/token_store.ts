import { sql } from "kysely";
import { type Account } from "../accounts/account.ts";
import { accountColumns } from "../accounts/store.ts";
import type { Db } from "../base/db.ts";
import type { Member } from "./member.ts";
import { memberColumns } from "./store.ts";
import type { Token } from "./tokens.ts";

type Row = Token & Account & Member & { tokenId: string; lastUsedOn: string };

/** A token and whose it is; an app's own token has neither account nor member. */
export interface TokenHolder {
  token: Token;
  account?: Account;
  member?: Member;
  /** The day (UTC) on which it was last seen to be used. */
  lastUsedOn: string;
}

/** What every signed request begins with, in one query. */
export async function holderOfToken(db: Db, tokenHash: string): Promise<TokenHolder | undefined> {
  const { rows: [row] } = await sql<Row>`
    select t.id as "tokenId", t.app_id as "appId", t.scopes, t.last_used_on as "lastUsedOn",
      ${memberColumns}, ${accountColumns}
    from tokens t
    left join members m on m.account_id = t.account_id
    left join accounts a on a.id = m.account_id
    where t.token_hash = ${tokenHash}`.execute(db);
  if (!row) return undefined;
  const token = { id: row.tokenId, appId: row.appId, accountId: row.accountId, scopes: row.scopes };
  return row.accountId
    ? { token, account: row, member: row, lastUsedOn: row.lastUsedOn }
    : { token, lastUsedOn: row.lastUsedOn };
}

/** Notes that a token is in use, at most once a day. */
export async function touchToken(db: Db, id: string, day: string): Promise<void> {
  await sql`update tokens set last_used_on = ${day}::date where id = ${id} and last_used_on < ${day}::date`
    .execute(db);
}

export interface NewToken {
  tokenHash: string;
  appId: string | null;
  accountId: string | null;
  scopes: readonly string[];
  /** The authorization code it was given for, so that the code's reuse can revoke it. */
  codeHash: string | null;
  createdAt: Temporal.Instant;
}

export async function insertToken(db: Db, token: NewToken): Promise<void> {
  await sql`
    insert into tokens (token_hash, app_id, account_id, scopes, code_hash, created_at)
    values (${token.tokenHash}, ${token.appId}, ${token.accountId}, ${token.scopes}::text[],
      ${token.codeHash}, ${token.createdAt})`.execute(db);
}

export async function tokenByHash(db: Db, tokenHash: string): Promise<Token | undefined> {
  const { rows } = await sql<Token>`
    select id, app_id as "appId", account_id as "accountId", scopes
    from tokens where token_hash = ${tokenHash}`.execute(db);
  return rows[0];
}

export async function deleteToken(db: Db, id: string): Promise<void> {
  await sql`delete from tokens where id = ${id}`.execute(db);
}

/** Ends what was given for an authorization code. */
export async function deleteTokensOfCode(db: Db, codeHash: string): Promise<void> {
  await sql`delete from tokens where code_hash = ${codeHash}`.execute(db);
}

/** Ends what an app holds of this member. */
export async function deleteTokensFor(db: Db, accountId: string, appId: string): Promise<void> {
  await sql`delete from tokens where account_id = ${accountId} and app_id = ${appId}`.execute(db);
}

/** Of the tokens that an app holds for itself only the newest stay. */
export async function keepNewestOwnTokens(db: Db, appId: string, most: number): Promise<void> {
  await sql`
    delete from tokens where id in (
      select id from tokens where app_id = ${appId} and account_id is null order by id desc offset ${most})`
    .execute(db);
}

/** Signs every app of this member out; codes that would become a token are worth nothing either. */
export async function deleteTokensOf(db: Db, accountId: string): Promise<void> {
  await sql`delete from authorization_codes where account_id = ${accountId}`.execute(db);
  await sql`delete from tokens where account_id = ${accountId}`.execute(db);
}

/** A token as its owner may see it: everything but itself. */
export interface KnownToken {
  id: string;
  /** The app that holds it; null where a command made it. */
  app: string | null;
  scopes: string[];
  createdAt: Temporal.Instant;
  /** The day (UTC) on which it was last seen to be used. */
  lastUsedOn: string;
}

/** What may act for this member, the newest first. */
export async function tokensOf(db: Db, accountId: string): Promise<KnownToken[]> {
  const { rows } = await sql<KnownToken>`
    select t.id, a.name as app, t.scopes, t.created_at as "createdAt", t.last_used_on as "lastUsedOn"
    from tokens t left join apps a on a.id = t.app_id
    where t.account_id = ${accountId} order by t.id desc`.execute(db);
  return rows;
}
