import { sql } from "kysely";
import type { Account } from "../accounts/account.ts";
import { accountColumns } from "../accounts/store.ts";
import type { Db } from "../base/db.ts";
import type { Member } from "./member.ts";
import type { Session } from "./sessions.ts";
import { memberColumns } from "./store.ts";

const sessionColumns = sql`
  s.id, s.account_id as "accountId", s.user_agent as "userAgent", s.address, s.created_at as "createdAt",
  s.last_used_at as "lastUsedAt"`;

/** A session and whose it is. */
export interface SessionHolder {
  session: Session;
  account: Account;
  member: Member;
}

type Row = Account & Member & {
  sessionId: string;
  userAgent: string;
  address: string | null;
  startedAt: Temporal.Instant;
  lastUsedAt: Temporal.Instant;
};

/** What every page begins with, in one query: nobody where the session has expired. */
export async function holderOfSession(
  db: Db,
  tokenHash: string,
  now: Temporal.Instant,
): Promise<SessionHolder | undefined> {
  const { rows: [row] } = await sql<Row>`
    select s.id as "sessionId", s.user_agent as "userAgent", s.address, s.created_at as "startedAt",
      s.last_used_at as "lastUsedAt", ${memberColumns}, ${accountColumns}
    from sessions s
    join members m on m.account_id = s.account_id
    join accounts a on a.id = m.account_id
    where s.token_hash = ${tokenHash} and s.expires_at > ${now}`.execute(db);
  if (!row) return undefined;
  const { sessionId: id, accountId, userAgent, address, startedAt: createdAt, lastUsedAt } = row;
  return { session: { id, accountId, userAgent, address, createdAt, lastUsedAt }, account: row, member: row };
}

export async function sessionById(db: Db, id: string): Promise<Session | undefined> {
  const { rows } = await sql<Session>`
    select ${sessionColumns} from sessions s where s.id = ${id}`.execute(db);
  return rows[0];
}

/** The sessions of a member that still hold, the one used last first. */
export async function sessionsOf(db: Db, accountId: string, now: Temporal.Instant): Promise<Session[]> {
  const { rows } = await sql<Session>`
    select ${sessionColumns} from sessions s
    where s.account_id = ${accountId} and s.expires_at > ${now}
    order by s.last_used_at desc`.execute(db);
  return rows;
}

export interface NewSession {
  tokenHash: string;
  accountId: string;
  userAgent: string;
  address: string;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
}

/** Keeps a member's newest `most` sessions, this one among them. Answers its id. */
export async function insertSession(db: Db, session: NewSession, most: number): Promise<string> {
  const { rows: [row] } = await sql<{ id: string }>`
    with older as (
      select id from sessions where account_id = ${session.accountId} order by id desc offset ${most - 1}
    ), ended as (delete from sessions where id in (select id from older))
    insert into sessions (token_hash, account_id, user_agent, address, created_at, last_used_at, expires_at)
    values (${session.tokenHash}, ${session.accountId}, ${session.userAgent}, ${session.address},
      ${session.createdAt}, ${session.createdAt}, ${session.expiresAt})
    returning id`.execute(db);
  return row!.id;
}

/** Puts the end of a session off, because it is in use. */
export async function touchSession(
  db: Db,
  id: string,
  at: { now: Temporal.Instant; expiresAt: Temporal.Instant },
): Promise<void> {
  await sql`
    update sessions set last_used_at = ${at.now}, expires_at = ${at.expiresAt} where id = ${id}`.execute(db);
}

export async function deleteSessionByToken(db: Db, tokenHash: string): Promise<void> {
  await sql`delete from sessions where token_hash = ${tokenHash}`.execute(db);
}

/** False where this member has no such session. */
export async function deleteSession(db: Db, accountId: string, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from sessions where account_id = ${accountId} and id = ${id}`.execute(db);
  return numAffectedRows === 1n;
}

/** Ends all sessions of a member, but the one that is to be kept. */
export async function deleteSessionsOf(db: Db, accountId: string, kept?: string): Promise<void> {
  await sql`
    delete from sessions
    where account_id = ${accountId} and id is distinct from ${kept ?? null}::bigint`.execute(db);
}

export async function deleteExpiredSessions(db: Db, now: Temporal.Instant): Promise<void> {
  await sql`delete from sessions where expires_at < ${now}`.execute(db);
}
