import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { NotFound } from "../base/errors.ts";
import { audit } from "./audit.ts";
import type { Role } from "./member.ts";
import { updateRole } from "./store.ts";

/** Gives a member another role. `by` is who did it, for the audit log. */
export async function changeRole(
  ctx: Ctx,
  account: Account,
  role: Role,
  by: Account | string,
): Promise<void> {
  await transaction(ctx, async (ctx) => {
    if (!await updateRole(ctx.db, account.id, role)) throw new NotFound();
    await audit(ctx, { action: "role_changed", actor: by, subject: account, details: { role } });
  });
}
