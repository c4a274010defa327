import type { Ctx } from "../base/ctx.ts";
import type { Kind, Mails } from "../mail/mail.ts";
import { writeMail } from "../mail/write.ts";
import type { Reachable } from "./email_store.ts";
import { memberById } from "./store.ts";

/**
 * Tells a member something by mail, in the caller's own transaction. To an address that nobody has confirmed goes
 * nothing but the question whether it is theirs. `key` names what must be told only once.
 */
export async function notify<K extends Kind>(
  ctx: Ctx,
  { accountId, email, confirmedAt }: Reachable,
  kind: K,
  about: Mails[K],
  key?: string,
): Promise<void> {
  if (!confirmedAt) return;
  await writeMail(ctx, { kind, accountId, recipient: email, about, key: key && `${kind} ${key}` });
}

/** The same for whoever has this account; nothing where that is no member's. */
export async function notifyMember<K extends Kind>(
  ctx: Ctx,
  accountId: string,
  kind: K,
  about: Mails[K],
  key?: string,
): Promise<void> {
  const member = await memberById(ctx.db, accountId);
  if (member) await notify(ctx, member, kind, about, key);
}

/** Tells a member that somebody has signed in as them. */
export async function sessionNotice(ctx: Ctx, accountId: string, sessionId: string): Promise<void> {
  await notifyMember(ctx, accountId, "newSignIn", { sessionId }, sessionId);
}
