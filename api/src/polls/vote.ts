import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Invalid, NotFound } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { hasEnded, type Poll } from "./poll.ts";
import { countVotes, insertVotes, lockPoll } from "./store.ts";

/**
 * Casts one ballot, whichever door it came through. Where several options may be chosen, a later ballot may add
 * to an earlier one: other servers send each choice by itself.
 */
export async function vote(ctx: Ctx, voter: Account, poll: Poll, ballot: readonly number[]): Promise<void> {
  const choices = [...new Set(ballot)];
  if (poll.authorId === voter.id) throw refusal("You can't vote in your own poll");
  if (hasEnded(poll, ctx.now())) throw refusal("The poll has already ended");
  if (choices.length === 0) throw refusal("Choose at least one option");
  if (choices.length > 1 && !poll.multiple) throw refusal("Only one option can be chosen");
  if (choices.some((choice) => !(choice in poll.options))) throw refusal("There is no such option");

  await transaction(ctx, async (ctx) => {
    if (!await lockPoll(ctx.db, poll.id)) throw new NotFound();
    const isNew = await insertVotes(ctx.db, poll, voter.id, choices);
    if (!isNew) throw refusal("You have already voted on this poll");
    await countVotes(ctx.db, poll.id, voter.id, choices);
    await emit(ctx, "poll.voted", { pollId: poll.id, voterId: voter.id, choices });
  });
}

/** As Mastodon words it. */
function refusal(reason: string): Invalid {
  return new Invalid(`Validation failed: ${reason}`);
}
