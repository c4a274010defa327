import type { Ctx } from "../base/ctx.ts";
import { isSameQuestion, type Poll, type PollDraft } from "./poll.ts";
import { type Asking, deletePoll, insertPoll, updatePoll } from "./store.ts";
import { keepTally } from "./tally.ts";

/**
 * Makes a post ask what `draft` says instead of what it asked before, and answers whether that is news. Votes
 * stay as long as the question does; another question is another poll, because nobody has answered it yet.
 */
export async function editPoll(
  ctx: Ctx,
  post: Asking,
  before: Poll | undefined,
  draft: PollDraft | undefined,
): Promise<boolean> {
  if (before && draft && isSameQuestion(before, draft)) {
    await keepTally(ctx, before, draft);
    return await updatePoll(ctx.db, before.id, draft);
  }
  if (before) await deletePoll(ctx.db, before.id);
  if (draft) await insertPoll(ctx.db, post, draft);
  return before !== draft;
}
