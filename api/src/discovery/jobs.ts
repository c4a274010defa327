import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import type { Chores } from "../base/events.ts";
import type { TrendSort } from "./trend.ts";
import { replaceTrends } from "./trend_store.ts";

export const chores: Chores = {
  "count-trends": { cron: "*/10 * * * *", run: (ctx) => count(ctx, ["tag", "post", "link"]) },
  "count-followed": { cron: "37 * * * *", run: (ctx) => count(ctx, ["account"]) },
};

/** Each sort by itself; until it is counted anew, what was counted before holds. */
async function count(ctx: Ctx, sorts: readonly TrendSort[]): Promise<void> {
  for (const sort of sorts) await transaction(ctx, ({ db, now }) => replaceTrends(db, sort, now()));
}
