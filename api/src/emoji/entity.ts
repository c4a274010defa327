import type { Ctx } from "../base/ctx.ts";
import { ownAddress, remoteAddress } from "../media/addresses.ts";
import type { Emoji } from "./emoji.ts";

/** Mastodon's `CustomEmoji`. */
export interface CustomEmojiEntity {
  shortcode: string;
  /** It may move. */
  url: string;
  /** It never does. */
  static_url: string;
  visible_in_picker: boolean;
  category: string | null;
  /** Whether admins put it before all others: none are. */
  featured: false;
}

/** Emojis as API JSON. */
export function toEmojis(
  ctx: Pick<Ctx, "config" | "secrets" | "isForMember">,
  emojis: readonly Emoji[],
): CustomEmojiEntity[] {
  return emojis.map((emoji) => ({
    shortcode: emoji.shortcode,
    ...addressesOf(ctx, emoji),
    visible_in_picker: emoji.isListed,
    category: emoji.category,
    featured: false,
  }));
}

function addressesOf(ctx: Pick<Ctx, "config" | "secrets" | "isForMember">, emoji: Emoji) {
  const { id, fileKey, extension, remoteUrl } = emoji;
  if (fileKey) {
    return {
      url: ownAddress(ctx, fileKey, `original.${extension}`),
      static_url: ownAddress(ctx, fileKey, "small.webp"),
    };
  }
  const address = (isSmall: boolean) => remoteAddress(ctx, { what: "emoji", id, isSmall }, remoteUrl!);
  return { url: address(false), static_url: address(true) };
}
