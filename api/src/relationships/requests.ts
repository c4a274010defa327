import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { NotFound } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { beginFollow } from "./follow.ts";
import { deleteFollow } from "./follow_store.ts";
import { lockPair } from "./store.ts";

/** `who` lets somebody in who has asked to follow them. */
export async function authorizeRequest(ctx: Ctx, who: Account, followerId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    await lockPair(ctx.db, who.id, followerId);
    const wish = await deleteFollow(ctx.db, "follow_requests", followerId, who.id);
    if (!wish) throw new NotFound();
    await beginFollow(ctx, followerId, who.id, wish);
  });
}

/** `who` does not let them in. */
export async function rejectRequest(ctx: Ctx, who: Account, followerId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    await lockPair(ctx.db, who.id, followerId);
    const wish = await deleteFollow(ctx.db, "follow_requests", followerId, who.id);
    if (!wish) throw new NotFound();
    await emit(ctx, "follow.rejected", { followerId, accountId: who.id, uri: wish.uri });
  });
}
