import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import type { Chores } from "../base/events.ts";
import { forget } from "./keep.ts";
import { forgetMissing, makeRoom } from "./store.ts";
import { sweepCache } from "./sweep.ts";

/** What could not be had, and was not asked for again since then, is forgotten. */
const failuresKept = { hours: 7 * 24 };

export const chores: Chores = {
  tidy: {
    cron: "37 * * * *",
    run: async (ctx) => {
      await forgetMissing(ctx.db, ctx.now().subtract(failuresKept));
      await shrink(ctx);
      await sweepCache(ctx);
    },
  },
};

/** The cap may have been lowered. */
async function shrink(ctx: Ctx): Promise<void> {
  const { mediaCacheBytes } = ctx.config;
  await forget(ctx, await transaction(ctx, ({ db }) => makeRoom(db, mediaCacheBytes)));
}
