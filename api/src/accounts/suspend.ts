import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { emit } from "../base/events.ts";
import type { Account } from "./account.ts";
import { updateSuspension } from "./store.ts";

/**
 * Shuts an account: its posts and profile are hidden from everybody, and its sessions and tokens are refused.
 * Nothing is lost: `unsuspend` brings all of it back.
 */
export async function suspend(ctx: Ctx, account: Account): Promise<void> {
  await setSuspension(ctx, account, ctx.now());
}

export async function unsuspend(ctx: Ctx, account: Account): Promise<void> {
  await setSuspension(ctx, account, null);
}

async function setSuspension(ctx: Ctx, account: Account, at: Temporal.Instant | null): Promise<void> {
  await transaction(ctx, async (ctx) => {
    if (!await updateSuspension(ctx.db, account.id, at)) return;
    await emit(ctx, "account.changed", { accountId: account.id });
  });
}
