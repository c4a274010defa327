import type { Listeners } from "../base/events.ts";
import { purge } from "./delete.ts";
import { keysOf } from "./keys.ts";
import { refresh } from "./remote.ts";
import { accountById } from "./store.ts";

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

  "account.deleted": (ctx, { accountId }) => purge(ctx, accountId),
};
