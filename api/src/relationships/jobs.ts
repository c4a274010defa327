import { type Account, isLocal } from "../accounts/account.ts";
import { accountById } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { NotFound, Refusal } from "../base/errors.ts";
import type { Chores, Listeners } from "../base/events.ts";
import { partFromServer } from "./block_domain.ts";
import { deleteExpiredMutes } from "./block_store.ts";
import { follow, unfollow } from "./follow.ts";
import { followBetween, membersFollowing, requestersWaiting } from "./follow_store.ts";
import { authorizeRequest } from "./requests.ts";

/** Each request is let in by itself, so that no transaction holds many accounts at once. */
const batch = 100;

export const listeners: Listeners = {
  /** Whoever stops deciding who follows them lets in those who wait. */
  "account.changed": async (ctx, { accountId }) => {
    const account = await accountById(ctx.db, accountId);
    if (!account || !isLocal(account) || account.isLocked || account.suspendedAt) return;
    for (;;) {
      const waiting = await requestersWaiting(ctx.db, accountId, batch);
      if (waiting.length === 0) return;
      for (const followerId of waiting) {
        await authorizeRequest(ctx, account, followerId).catch((error) => {
          if (!(error instanceof NotFound)) throw error; // taken back meanwhile
        });
      }
    }
  },

  /** Whoever lives here and follows somebody who has moved goes along, one by one. */
  "account.moved": async (ctx, { accountId, targetId }) => {
    const [account, target] = [await accountById(ctx.db, accountId), await accountById(ctx.db, targetId)];
    if (!account || !target) return;
    for (let after = "0";;) {
      const followers = await membersFollowing(ctx.db, accountId, after, batch);
      if (followers.length === 0) return;
      for (const { id } of followers) await goAlong(ctx, id, account, target);
      after = followers.at(-1)!.cursor;
    }
  },

  "domain.blocked": (ctx, { accountId, domain }) => partFromServer(ctx, accountId, domain),
};

/** Follows the new account as they did the old one. Where that can't be, they stay with the old one. */
async function goAlong(ctx: Ctx, followerId: string, account: Account, target: Account): Promise<void> {
  const follower = await accountById(ctx.db, followerId);
  const wish = await followBetween(ctx.db, "follows", followerId, account.id);
  if (!follower || !wish) return;
  try {
    await follow(ctx, follower, target, { ...wish, uri: undefined });
    await unfollow(ctx, follower, account);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

export const chores: Chores = {
  "forget-expired-mutes": {
    cron: "17 * * * *",
    run: (ctx) => deleteExpiredMutes(ctx.db),
  },
};
