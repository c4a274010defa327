import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { audit } from "./audit.ts";

/** Who did it, for the audit log: whoever may use the server's terminal. */
export const byCommand = "command";

/**
 * Does what a command asks for and writes down that it did: both, or neither. `work` answers whom it was done to,
 * if to anybody; `details` never hold a secret.
 */
export async function recorded(
  ctx: Ctx,
  details: { command: string } & Record<string, unknown>,
  work: (ctx: Ctx) => Promise<Account | void>,
): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const subject = await work(ctx) ?? undefined;
    await audit(ctx, { action: "command", actor: byCommand, subject, details });
  });
}
