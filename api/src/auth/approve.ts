import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { emit } from "../base/events.ts";
import { notifyMember } from "./notices.ts";
import { updateApproval } from "./roster_store.ts";

/** Lets somebody in who has been waiting for it. Does nothing for those who are in already. */
export async function approve(ctx: Ctx, account: Account): Promise<void> {
  await transaction(ctx, async (ctx) => {
    if (!await updateApproval(ctx.db, account.id, ctx.now())) return;
    await emit(ctx, "account.changed", { accountId: account.id });
    await notifyMember(ctx, account.id, "approved", {});
  });
}
