import type { Ctx } from "../base/ctx.ts";
import { isSameQuestion, type Poll, type PollDraft } from "./poll.ts";
import { updatePoll, updateTally } from "./store.ts";

/** Takes what a poll's own server tells of it: how it stands, and when it ends. Another question changes nothing. */
export async function takeNews(ctx: Ctx, poll: Poll, told: PollDraft): Promise<void> {
  if (!isSameQuestion(poll, told)) return;
  await keepTally(ctx, poll, told);
  await updatePoll(ctx.db, poll.id, told);
}

/** The counts alone, where there are any: of our own polls we count ourselves. */
export async function keepTally(ctx: Ctx, poll: Poll, { tally }: PollDraft): Promise<void> {
  if (tally) await updateTally(ctx.db, poll.id, tally);
}
