import type { Account } from "../accounts/account.ts";
import { complain } from "../base/complaints.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { type Limit, spendOrRefuse } from "../base/limits.ts";
import { audit } from "./audit.ts";
import type { Member } from "./member.ts";
import { faultOfPassword, hashPassword, isPassword } from "./passwords.ts";
import { notifyMember } from "./notices.ts";
import { deleteSessionsOf } from "./session_store.ts";
import { credentialsByName, updatePasswordHash } from "./store.ts";
import { deleteTokensOf } from "./token_store.ts";

/** Whoever found an open browser must not guess on. */
const tries: Limit = { name: "password of", most: 10, seconds: 60 * 60 };

/** What a member fills in to change their password, and where. */
export interface PasswordChange {
  current: string;
  next: string;
  /** The session that goes on; all others end. */
  sessionId: string;
  address: string;
}

/** A member changes their own password. Every other browser is signed out; apps stay. */
export async function changePassword(
  ctx: Ctx,
  account: Account,
  member: Member,
  change: PasswordChange,
): Promise<void> {
  await spendOrRefuse(ctx, tries, account.id);
  const known = await credentialsByName(ctx.db, account.username);
  if (!await isPassword(change.current, known?.passwordHash)) {
    throw complain({ current_password: "ERR_INVALID" }, member.locale);
  }
  const hash = await hashOfNew(change.next, account, member);
  const { sessionId, address } = change;
  await transaction(ctx, async (ctx) => {
    await updatePasswordHash(ctx.db, account.id, hash);
    await deleteSessionsOf(ctx.db, account.id, sessionId);
    await audit(ctx, { action: "password_changed", actor: account, subject: account, address });
    await tellOfChange(ctx, account);
  });
}

/**
 * Gives somebody a new password who has lost theirs, or whose account is in the wrong hands: every browser is
 * signed out, and every app. `by` is who did it, for the audit log.
 */
export async function resetPassword(
  ctx: Ctx,
  { account, member }: { account: Account; member: Member },
  password: string,
  by: Account | string,
): Promise<void> {
  const hash = await hashOfNew(password, account, member);
  await transaction(ctx, (ctx) => replacePassword(ctx, account, hash, by));
}

/** The same once the password has been found good and hashed, in the caller's own transaction. */
export async function replacePassword(
  ctx: Ctx,
  account: Account,
  hash: string,
  by: Account | string,
): Promise<void> {
  await updatePasswordHash(ctx.db, account.id, hash);
  await deleteSessionsOf(ctx.db, account.id);
  await deleteTokensOf(ctx.db, account.id);
  await audit(ctx, { action: "password_changed", actor: by, subject: account });
  await tellOfChange(ctx, account);
}

async function tellOfChange(ctx: Ctx, { id }: Account): Promise<void> {
  await notifyMember(ctx, id, "passwordChanged", { at: ctx.now().toString() });
}

/** The hash of a new password for this member. Throws what is wrong with it. */
export async function hashOfNew(password: string, account: Account, member: Member): Promise<string> {
  const fault = await faultOfPassword(password, { username: account.username, email: member.email });
  if (fault) throw complain({ password: fault }, member.locale);
  return await hashPassword(password);
}
