import { timestamp } from "../accounts/entity.ts";
import type { Ctx } from "../base/ctx.ts";
import { type CustomEmojiEntity, toEmojis } from "../emoji/entity.ts";
import { hasEnded } from "./poll.ts";
import { pollsByPost, type SeenPoll } from "./store.ts";

/** Mastodon's `Poll`. */
export interface PollEntity {
  id: string;
  expires_at: string | null;
  expired: boolean;
  multiple: boolean;
  votes_count: number;
  voters_count: number | null;
  /** The count of an option is null as long as it is hidden. */
  options: { title: string; votes_count: number | null }[];
  emojis: CustomEmojiEntity[];
  /** These two are absent for strangers. */
  voted?: boolean;
  own_votes?: number[];
}

/** What these posts ask, by post, with what `viewer` has answered. Whether they may see the posts is not asked. */
export async function showPolls(
  ctx: Ctx,
  viewer: { id: string } | undefined,
  postIds: readonly string[],
): Promise<Map<string, PollEntity>> {
  const polls = await pollsByPost(ctx.db, viewer?.id, postIds);
  return new Map([...polls].map(([postId, poll]) => [postId, toEntity(ctx, viewer, poll)]));
}

function toEntity(ctx: Ctx, viewer: { id: string } | undefined, poll: SeenPoll): PollEntity {
  const expired = hasEnded(poll, ctx.now());
  const hides = poll.hidesTotals && !expired;
  return {
    id: poll.id,
    expires_at: poll.endsAt && timestamp(poll.endsAt),
    expired,
    multiple: poll.multiple,
    votes_count: poll.votesCounts.reduce((sum, votes) => sum + votes, 0),
    voters_count: poll.votersCount,
    options: poll.options.map((title, index) => ({
      title,
      votes_count: hides ? null : poll.votesCounts[index] ?? 0,
    })),
    emojis: toEmojis(ctx, poll.emojis),
    // Authors can't vote; to clients they have, so that they are shown the results.
    ...(viewer &&
      { voted: viewer.id === poll.authorId || poll.ownVotes.length > 0, own_votes: poll.ownVotes }),
  };
}
