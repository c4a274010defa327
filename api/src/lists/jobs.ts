import type { Listeners } from "../base/events.ts";
import { forgetUnfollowed } from "./store.ts";

export const listeners: Listeners = {
  "follow.ended": (ctx, { followerId, accountId }) => forgetUnfollowed(ctx.db, followerId, accountId),
  "follow.rejected": (ctx, { followerId, accountId }) => forgetUnfollowed(ctx.db, followerId, accountId),
};
