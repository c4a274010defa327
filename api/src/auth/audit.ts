import { type Account, handleOf } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { insertAuditEntry } from "./audit_store.ts";

/** What is worth remembering, so that people can find out what was done to an account, and by whom. */
export type Action =
  | "signed_up"
  | "signed_in"
  | "sign_in_failed"
  | "password_changed"
  | "email_changed"
  | "role_changed"
  | "command";

/** One line of the audit log. */
export interface Happening {
  action: Action;
  /** Who did it; a text for those who have no account, such as `command`. */
  actor: Account | string;
  /** To whom. */
  subject?: Account;
  details?: Record<string, unknown>;
  /** From where; forgotten after seven days. */
  address?: string;
}

/** Writes it down, in the caller's own transaction. */
export async function audit(ctx: Ctx, { actor, subject, ...happening }: Happening): Promise<void> {
  const isAccount = typeof actor !== "string";
  await insertAuditEntry(ctx.db, {
    action: happening.action,
    actorId: isAccount ? actor.id : null,
    actor: isAccount ? handleOf(actor) : actor,
    subjectId: subject?.id ?? null,
    details: happening.details ?? {},
    address: happening.address ?? null,
    happenedAt: ctx.now(),
  });
}
