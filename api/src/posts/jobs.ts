import type { Chores } from "../base/events.ts";
import { deleteWithdrawn } from "./remote_store.ts";

/** A post that comes later than its deletion by more than this has gone around the world. */
const withdrawnKept = { hours: 7 * 24 };

export const chores: Chores = {
  "forget-withdrawn": {
    cron: "23 * * * *",
    run: (ctx) => deleteWithdrawn(ctx.db, ctx.now().subtract(withdrawnKept)),
  },
};
