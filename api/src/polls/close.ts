import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { emit } from "../base/events.ts";
import type { Poll } from "./poll.ts";
import { markClosed } from "./store.ts";

/**
 * Makes it known that a poll has ended. Nothing waits for that: the poll takes no votes from its last moment on.
 * Closing twice is closing once; a poll that goes on after all is left alone.
 */
export async function closePoll(ctx: Ctx, poll: Poll): Promise<void> {
  await transaction(ctx, async (ctx) => {
    if (!await markClosed(ctx.db, poll.id, ctx.now())) return;
    await emit(ctx, "poll.closed", { pollId: poll.id });
  });
}
