import { hashToken, randomToken } from "../base/secrets.ts";
import type { Call } from "./access.ts";
import { cookieLifetime, dropCookie, readCookie, writeCookie } from "./cookies.ts";
import {
  deleteSessionByToken,
  holderOfSession,
  insertSession,
  type SessionHolder,
  touchSession,
} from "./session_store.ts";

/** A signed-in browser. */
export interface Session {
  id: string;
  accountId: string;
  userAgent: string;
  address: string | null;
  createdAt: Temporal.Instant;
  lastUsedAt: Temporal.Instant;
}

/** How many browsers a member may be signed in with: beyond that the oldest is signed out. */
const mostSessions = 100;

/** How stale "last seen" may be, so that reading a page need not write. */
const touchAfter = Temporal.Duration.from({ hours: 1 });

/**
 * Signs this browser in. It gets a new token, and the session that it had before ends: a token that somebody
 * slipped it beforehand is worth nothing afterwards. Answers the session's id.
 */
export async function openSession(c: Call, accountId: string): Promise<string> {
  const { ctx, address } = c.var;
  await closeSession(c);
  const token = randomToken(ctx.random);
  const createdAt = ctx.now();
  const id = await insertSession(ctx.db, {
    ...{ accountId, address, createdAt, tokenHash: hashToken(token) },
    userAgent: (c.req.header("user-agent") ?? "").slice(0, 300),
    expiresAt: createdAt.add({ seconds: cookieLifetime }),
  }, mostSessions);
  writeCookie(c, "riff_session", token);
  return id;
}

/**
 * Who has signed in with this browser: whoever may not enter yet is known, too (`mayEnter`). A session that is used
 * lasts; suspended members have none.
 */
export async function readSession(c: Call): Promise<SessionHolder | undefined> {
  const token = readCookie(c, "riff_session");
  if (!token) return undefined;
  const { ctx } = c.var;
  const now = ctx.now();
  const holder = await holderOfSession(ctx.db, hashToken(token), now);
  if (!holder || holder.account.suspendedAt) return undefined;
  const { session } = holder;
  if (Temporal.Duration.compare(now.since(session.lastUsedAt), touchAfter) > 0) {
    await touchSession(ctx.db, session.id, { now, expiresAt: now.add({ seconds: cookieLifetime }) });
    writeCookie(c, "riff_session", token);
  }
  return holder;
}

/** Signs this browser out; harmless where it was not signed in. */
export async function closeSession(c: Call): Promise<void> {
  const token = readCookie(c, "riff_session");
  if (!token) return;
  await deleteSessionByToken(c.var.ctx.db, hashToken(token));
  dropCookie(c, "riff_session");
}

/** Whether this member may be here at all: their address is theirs, and they were let in. */
export function mayEnter({ account, member }: Pick<SessionHolder, "account" | "member">): boolean {
  return !account.suspendedAt && member.confirmedAt !== null && member.approvedAt !== null;
}
