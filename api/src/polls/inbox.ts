import type { Object as AnyObject } from "@fedify/vocab";
import { fetchAccount } from "../accounts/remote.ts";
import type { Ctx } from "../base/ctx.ts";
import { seenPost } from "../posts/seen.ts";
import { postByUri } from "../posts/store.ts";
import { pollByPost } from "./store.ts";
import { vote } from "./vote.ts";

/**
 * Somebody elsewhere chose one or several options of a poll: all in one ballot, so that it counts whole or not
 * at all. Only who may see the post may vote; polls of others are none of our counting.
 */
export async function onBallots(ctx: Ctx, actorId: URL, ballots: readonly AnyObject[]): Promise<void> {
  const asked = ballots[0]?.replyTargetId;
  const post = asked && await postByUri(ctx.db, asked.href);
  if (!post?.isLocal) return;
  const voter = await fetchAccount(ctx, actorId);
  if (voter.suspendedAt) return;
  await seenPost(ctx, voter, post.id);
  const poll = await pollByPost(ctx.db, post.id);
  if (!poll) return;
  const names = ballots.filter((one) => one.replyTargetId?.href === asked?.href).map(({ name }) =>
    String(name)
  );
  await vote(ctx, voter, poll, names.map((name) => poll.options.indexOf(name)));
}
