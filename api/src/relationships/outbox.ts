import { type Account, isLocal } from "../accounts/account.ts";
import { accountsById } from "../accounts/store.ts";
import { type JsonObject, toUndo } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Listeners } from "../base/events.ts";
import { deliver } from "../delivery/deliver.ts";
import { toAnswer, toBlock, toFollow, toPastBlock } from "./activity.ts";
import { followBetween } from "./follow_store.ts";

/** What another server hears of how our members stand to those who live there. */
export const outbox: Listeners = {
  "follow.requested": async (ctx, { followerId, accountId }) => {
    const request = await followBetween(ctx.db, "follow_requests", followerId, accountId);
    if (!request) return; // taken back already
    await tell(ctx, followerId, accountId, (who, whom) => toFollow(who, whom, request.uri));
  },

  "follow.accepted": (ctx, { followerId, accountId }) => accept(ctx, followerId, accountId),
  "follow.repeated": (ctx, { followerId, accountId }) => accept(ctx, followerId, accountId),

  "follow.rejected": (ctx, { followerId, accountId, uri }) =>
    tell(ctx, accountId, followerId, (whom, who) => toAnswer("Reject", toFollow(who, whom, uri))),

  "follow.ended": (ctx, { followerId, accountId, uri }) =>
    tell(ctx, followerId, accountId, (who, whom) => toUndo(toFollow(who, whom, uri))),

  "account.blocked": (ctx, { blockerId, accountId }) => tell(ctx, blockerId, accountId, toBlock),

  "account.unblocked": (ctx, { blockerId, accountId }) =>
    tell(ctx, blockerId, accountId, (who, whom) => toUndo(toPastBlock(who, whom))),
};

async function accept(ctx: Ctx, followerId: string, accountId: string): Promise<void> {
  const follow = await followBetween(ctx.db, "follows", followerId, accountId);
  if (!follow) return; // over already
  await tell(
    ctx,
    accountId,
    followerId,
    (whom, who) => toAnswer("Accept", toFollow(who, whom, follow.uri)),
  );
}

/** Sends what `who`, a member of ours, says to `whom`, who lives elsewhere. Between others nothing is to be said. */
async function tell(
  ctx: Ctx,
  whoId: string,
  whomId: string,
  say: (who: Account, whom: Account) => JsonObject,
): Promise<void> {
  const accounts = await accountsById(ctx.db, [whoId, whomId]);
  const [who, whom] = [accounts.get(whoId), accounts.get(whomId)];
  if (!who || !whom || !isLocal(who) || isLocal(whom)) return;
  await deliver(ctx, who, say(who, whom), { accountIds: [whom.id] }, "reactions");
}
