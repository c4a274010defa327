import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { type Chores, emit, type Listeners } from "../base/events.ts";
import { isLocal } from "./account.ts";
import { purge } from "./delete.ts";
import { keysOf } from "./keys.ts";
import { takeDueLinks } from "./link_store.ts";
import { refresh } from "./remote.ts";
import { accountById } from "./store.ts";
import { hasLinks, verifyLinks } from "./verify_links.ts";

export const listeners: Listeners = {
  // Made here and not at sign-up: nobody should wait a second for keys that are needed later.
  "account.opened": async (ctx, { accountId }) => {
    const account = await accountById(ctx.db, accountId);
    if (account) await keysOf(ctx, account);
  },

  "account.stale": async (ctx, { accountId }) => {
    const account = await accountById(ctx.db, accountId);
    if (account) await refresh(ctx, account);
  },

  "account.changed": (ctx, { accountId }) => lookAtLinks(ctx, accountId),
  "account.linksDue": (ctx, { accountId }) => lookAtLinks(ctx, accountId),

  // The first time that somebody here wants to know more of somebody elsewhere; from then on they are looked at
  // as our own are. Not before: whoever is only passing by shall not make us fetch pages.
  "follow.accepted": async (ctx, { followerId, accountId }) => {
    const [follower, account] = [await accountById(ctx.db, followerId), await accountById(ctx.db, accountId)];
    if (follower && isLocal(follower) && account && !isLocal(account) && hasLinks(account)) {
      await verifyLinks(ctx, account);
    }
  },

  "account.deleted": (ctx, { accountId }) => purge(ctx, accountId),
};

async function lookAtLinks(ctx: Ctx, accountId: string): Promise<void> {
  const account = await accountById(ctx.db, accountId);
  if (account && !account.suspendedAt) await verifyLinks(ctx, account);
}

/** A proof is good for so long, and so many profiles are looked at in an hour. */
const goodFor = { hours: 7 * 24 };
const perHour = 500;

export const chores: Chores = {
  "look-at-links-again": {
    cron: "23 * * * *",
    run: (ctx) =>
      transaction(ctx, async (ctx) => {
        const due = await takeDueLinks(ctx.db, ctx.now().subtract(goodFor), ctx.now(), perHour);
        for (const accountId of due) await emit(ctx, "account.linksDue", { accountId });
      }),
  },
};
