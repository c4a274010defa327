import { timestamp } from "../accounts/entity.ts";
import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { findHashtags, normaliseTag } from "../base/text.ts";
import { type CustomEmojiEntity, toEmojis } from "../emoji/entity.ts";
import { ownEmojis } from "../emoji/store.ts";
import { renderText } from "../accounts/typed_text.ts";
import type { ShownAnnouncement } from "./announcement.ts";

/** Mastodon's `Announcement`. */
export interface AnnouncementEntity {
  id: string;
  content: string;
  starts_at: string | null;
  ends_at: string | null;
  all_day: boolean;
  published_at: string;
  updated_at: string;
  read: boolean;
  mentions: { id: string; username: string; url: string; acct: string }[];
  statuses: never[];
  tags: { name: string; url: string }[];
  emojis: CustomEmojiEntity[];
  reactions: { name: string; count: number; me: boolean; url?: string; static_url?: string }[];
}

export async function showAnnouncements(
  ctx: Ctx,
  announcements: readonly ShownAnnouncement[],
): Promise<AnnouncementEntity[]> {
  if (announcements.length === 0) return [];
  const ours = new Map(toEmojis(ctx, await ownEmojis(ctx.db)).map((emoji) => [emoji.shortcode, emoji]));
  return await Promise.all(announcements.map(async (one) => {
    const { html, mentions } = await renderText(ctx, one.text);
    return {
      id: one.id,
      content: html,
      starts_at: one.startsAt && timestamp(one.startsAt),
      ends_at: one.endsAt && timestamp(one.endsAt),
      all_day: one.isAllDay,
      published_at: timestamp(one.publishedAt),
      updated_at: timestamp(one.updatedAt),
      read: one.read,
      mentions: mentions.map(mentioned),
      statuses: [],
      tags: findHashtags(one.text).map((written) => ({
        name: normaliseTag(written),
        url: `${ctx.config.baseUrl}/tags/${encodeURIComponent(normaliseTag(written))}`,
      })),
      emojis: [...ours.values()].filter(({ shortcode }) => one.text.includes(`:${shortcode}:`)),
      reactions: one.reactions.map(({ name, count, me }) => {
        const { url, static_url } = ours.get(name) ?? {};
        return { name, count, me, ...(url !== undefined && { url, static_url }) };
      }),
    };
  }));
}

function mentioned({ id, username, domain, url }: Account) {
  return { id, username, url, acct: domain ? `${username}@${domain}` : username };
}
