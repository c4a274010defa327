import { isLocal } from "../accounts/account.ts";
import { accountById } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Listeners } from "../base/events.ts";
import { deliver } from "../delivery/deliver.ts";
import { hearersOf, toUpdate } from "../posts/activity.ts";
import { toldPost } from "../posts/note_store.ts";
import { postById } from "../posts/store.ts";
import { toBallot } from "./activity.ts";
import { pollById, votersOf } from "./store.ts";

/** What other servers hear of votes and polls. */
export const outbox: Listeners = {
  // Only the server where a poll lives counts its votes; each choice goes by itself, as all servers take it.
  "poll.voted": async (ctx, { pollId, voterId, choices }) => {
    const poll = await pollById(ctx.db, pollId);
    const voter = await accountById(ctx.db, voterId);
    const [post, author] = poll
      ? [await postById(ctx.db, poll.postId), await accountById(ctx.db, poll.authorId)]
      : [];
    if (!poll || !voter || !post || !author || !isLocal(voter) || isLocal(author)) return;
    for (const choice of choices) {
      const ballot = toBallot(voter, choice, { postUri: post.uri, poll, authorUri: author.uri });
      await deliver(ctx, voter, ballot, { accountIds: [author.id] }, "reactions");
    }
  },

  "poll.counted": (ctx, { pollId }) => tellResults(ctx, pollId),
  "poll.closed": (ctx, { pollId }) => tellResults(ctx, pollId),
};

/** How a poll of ours stands, for all who have its post, and for those who voted. */
async function tellResults(ctx: Ctx, pollId: string): Promise<void> {
  const poll = await pollById(ctx.db, pollId);
  const told = poll && await toldPost(ctx.db, poll.postId);
  if (!told?.post.isLocal || told.post.isLocalOnly || told.author.suspendedAt) return;
  const { followersOf, accountIds = [] } = hearersOf(told);
  const voters = await votersOf(ctx.db, pollId);
  await deliver(ctx, told.author, toUpdate(ctx, told), {
    followersOf,
    accountIds: [...accountIds, ...voters],
  });
}
