import type { Ctx } from "../base/ctx.ts";
import { toEmojis } from "./entity.ts";
import { nameOf, type Tally } from "./reaction.ts";
import { talliesOf } from "./reaction_store.ts";

/** Mastodon's `Reaction`, which Pleroma, Fedibird and glitch-soc also have below posts. */
export interface ReactionEntity {
  /** A character, or a shortcode: `blob`, or `blob@elsewhere.example` for a picture of another server. */
  name: string;
  count: number;
  me: boolean;
  url?: string;
  static_url?: string;
}

/** What these posts were answered with, by post. Whether `viewer` may see the posts is not asked. */
export async function showReactions(
  ctx: Ctx,
  viewer: { id: string } | undefined,
  postIds: readonly string[],
): Promise<Map<string, ReactionEntity[]>> {
  if (postIds.length === 0) return new Map();
  const tallies = await talliesOf(ctx.db, viewer?.id, postIds);
  return new Map([...tallies].map(([postId, some]) => [postId, some.map((tally) => toEntity(ctx, tally))]));
}

function toEntity(ctx: Ctx, tally: Tally): ReactionEntity {
  const { emoji, count, me } = tally;
  const [shown] = emoji ? toEmojis(ctx, [emoji]) : [];
  return {
    name: nameOf(tally),
    count,
    me,
    ...(shown && { url: shown.url, static_url: shown.static_url }),
  };
}
