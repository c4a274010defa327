import type { Ctx } from "../base/ctx.ts";
import { histories, type HistoryEntity, lastDays } from "./history.ts";
import { tagDays, tiesTo } from "./store.ts";
import type { Tag } from "./tag.ts";

/** Mastodon's `Tag`. */
export interface TagEntity {
  id: string;
  name: string;
  url: string;
  history: HistoryEntity[];
  following: boolean;
  featuring: boolean;
}

/** These hashtags in the order given, with how much they were used lately, and what they are to `viewer`. */
export async function showTags(
  ctx: Ctx,
  viewer: { id: string } | undefined,
  tags: readonly Tag[],
): Promise<TagEntity[]> {
  if (tags.length === 0) return [];
  const ids = tags.map(({ id }) => id);
  const days = lastDays(ctx.now());
  const historyOf = histories(days, await tagDays(ctx.db, ids, days.at(-1)!));
  const ties = new Map((viewer ? await tiesTo(ctx.db, viewer.id, ids) : []).map((tie) => [tie.tagId, tie]));
  return tags.map(({ id, name }) => ({
    id,
    name,
    url: `${ctx.config.baseUrl}/tags/${encodeURIComponent(name)}`,
    history: historyOf(id),
    following: ties.get(id)?.follows ?? false,
    featuring: ties.get(id)?.features ?? false,
  }));
}
