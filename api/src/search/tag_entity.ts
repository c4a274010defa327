import type { Ctx } from "../base/ctx.ts";
import { type FoundTag, type TagDay, tagDays } from "./store.ts";

/** Mastodon's `Tag`. */
export interface TagEntity {
  id: string;
  name: string;
  url: string;
  /** A week, today first. */
  history: { day: string; uses: string; accounts: string }[];
  following: boolean;
}

const daysShown = 7;

/** These hashtags in the order given, with how much they were used lately. */
export async function showTags(ctx: Ctx, tags: readonly FoundTag[]): Promise<TagEntity[]> {
  if (tags.length === 0) return [];
  const days = lastDays(ctx.now());
  const used = await tagDays(ctx.db, tags.map(({ id }) => id), days.at(-1)!);
  const byDay = new Map(used.map((day) => [`${day.tagId} ${day.day}`, day]));
  return tags.map(({ id, name }) => ({
    id,
    name,
    url: `${ctx.config.baseUrl}/tags/${encodeURIComponent(name)}`,
    history: days.map((day) => toHistory(day, byDay.get(`${id} ${day.toString().slice(0, 10)}`))),
    following: false,
  }));
}

/** The beginnings of today and the days before, in UTC. */
function lastDays(now: Temporal.Instant): Temporal.Instant[] {
  const today = now.toZonedDateTimeISO("UTC").startOfDay();
  return Array.from({ length: daysShown }, (_, ago) => today.subtract({ days: ago }).toInstant());
}

/** Numbers are texts there, and days seconds since 1970. */
function toHistory(day: Temporal.Instant, used: TagDay | undefined) {
  return {
    day: String(day.epochMilliseconds / 1000),
    uses: String(used?.uses ?? 0),
    accounts: String(used?.accounts ?? 0),
  };
}
