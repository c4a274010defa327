import { transaction } from "../base/db.ts";
import { type Chores, emit } from "../base/events.ts";
import { closePoll } from "./close.ts";
import { pollsToClose, takePollsWithNews } from "./store.ts";

/** So many are looked up at once. */
const batch = 100;

export const chores: Chores = {
  /** Not at every vote: whoever follows a poll elsewhere wants to know how it stands, not who votes when. */
  "tell-counts": {
    cron: "*/3 * * * *",
    run: async (ctx) => {
      for (let told = batch; told === batch;) {
        told = await transaction(ctx, async (ctx) => {
          const ids = await takePollsWithNews(ctx.db, batch);
          for (const pollId of ids) await emit(ctx, "poll.counted", { pollId });
          return ids.length;
        });
      }
    },
  },

  "close-ended": {
    cron: "* * * * *",
    run: async (ctx) => {
      for (;;) {
        const ended = await pollsToClose(ctx.db, ctx.now(), batch);
        if (ended.length === 0) return;
        for (const poll of ended) await closePoll(ctx, poll);
      }
    },
  },
};
