import type { Ctx } from "../base/ctx.ts";
import { histories, type HistoryEntity, lastDays } from "./history.ts";
import { type FoundTag, tagDays } from "./store.ts";

/** Mastodon's `Tag`. */
export interface TagEntity {
  id: string;
  name: string;
  url: string;
  history: HistoryEntity[];
  following: boolean;
}

/** These hashtags in the order given, with how much they were used lately. */
export async function showTags(ctx: Ctx, tags: readonly FoundTag[]): Promise<TagEntity[]> {
  if (tags.length === 0) return [];
  const days = lastDays(ctx.now());
  const historyOf = histories(days, await tagDays(ctx.db, tags.map(({ id }) => id), days.at(-1)!));
  return tags.map(({ id, name }) => ({
    id,
    name,
    url: `${ctx.config.baseUrl}/tags/${encodeURIComponent(name)}`,
    history: historyOf(id),
    following: false,
  }));
}
