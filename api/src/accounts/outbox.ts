import type { Ctx } from "../base/ctx.ts";
import type { Listeners } from "../base/events.ts";
import { deliver } from "../delivery/deliver.ts";
import { documentOf } from "./actor_document.ts";
import { actorById } from "./actor_store.ts";
import { toDelete, toMove, toUpdate } from "./change_activity.ts";
import { knownInboxes } from "./move_store.ts";
import { accountById } from "./store.ts";

/** What other servers hear of our accounts. */
export const outbox: Listeners = {
  "account.changed": (ctx, { accountId }) => tellChange(ctx, accountId),

  // Everybody hears it, for nobody knows who has kept something of theirs. The husk still has its keys.
  "account.deleted": async (ctx, { accountId }) => {
    const row = await actorById(ctx.db, accountId);
    if (!row?.deletedAt) return; // it lived elsewhere
    await deliver(ctx, row.account, toDelete(row.account), { inboxes: await knownInboxes(ctx.db) });
  },

  "account.moved": async (ctx, { accountId, targetId }) => {
    const row = await actorById(ctx.db, accountId);
    const target = await accountById(ctx.db, targetId);
    if (!row || row.deletedAt || !target) return;
    await tellChange(ctx, accountId);
    await deliver(ctx, row.account, toMove(row.account, target), { followersOf: accountId });
  },
};

/** Followers' servers read a profile anew. */
async function tellChange(ctx: Ctx, accountId: string): Promise<void> {
  const row = await actorById(ctx.db, accountId);
  if (!row || row.deletedAt) return;
  const document = await documentOf(ctx, row);
  await deliver(ctx, row.account, toUpdate(row.account, document), { followersOf: accountId });
}
