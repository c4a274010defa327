import type { Emoji as EmojiObject } from "@fedify/vocab";
import type { Json, JsonObject } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import { nothingFetched, objectsIn, several, textIn, webUri } from "../base/loosely.ts";
import { readPicture, toImage } from "../media/activity.ts";
import { ownAddress } from "../media/addresses.ts";
import { type Emoji, type RemoteEmoji, shortcode } from "./emoji.ts";

/** Emojis as ActivityStreams: Mastodon's `Emoji` among the tags of whatever they stand in. */

/** More of them nobody tells apart. */
export const mostEmojis = 50;

/** One of ours. */
export function toEmoji(ctx: Pick<Ctx, "config">, emoji: Emoji): JsonObject {
  const { id, fileKey, extension, updatedAt } = emoji;
  return {
    id: `${ctx.config.baseUrl}/ap/emojis/${id}`,
    type: "Emoji",
    name: `:${emoji.shortcode}:`,
    updated: Temporal.Instant.from(updatedAt).toString({ fractionalSecondDigits: 0 }),
    icon: toImage(ownAddress(ctx, fileKey!, `original.${extension}`), `image/${extension}`),
  };
}

/** One of another server, as it says itself. */
export function toRemoteEmoji(emoji: Emoji, uri: string | null): JsonObject {
  return {
    id: uri ?? emoji.remoteUrl!,
    type: "Emoji",
    name: `:${emoji.shortcode}:`,
    icon: { type: "Image", url: emoji.remoteUrl! },
  };
}

/** Those among the tags of an actor's document. */
export function readEmojis(tags: Json | undefined): RemoteEmoji[] {
  const found = objectsIn(tags).filter(({ type }) => several(type).includes("Emoji")).slice(0, mostEmojis);
  return distinct(found.map((tag) => ({
    name: textIn(tag.name),
    url: readPicture(tag.icon),
    uri: webUri(tag.id) ?? null,
    updatedAt: instantIn(textIn(tag.updated)),
  })));
}

/** Those among the tags of a post, as the library has read them. */
export async function readEmojiTags(tags: readonly EmojiObject[]): Promise<RemoteEmoji[]> {
  return distinct(
    await Promise.all(
      tags.slice(0, mostEmojis).map(async (tag) => {
        const icon = await tag.getIcon(nothingFetched);
        const [address] = icon?.urls ?? [];
        return {
          name: tag.name?.toString(),
          url: webUri((address instanceof URL ? address : address?.href)?.href),
          uri: webUri(tag.id?.href) ?? null,
          updatedAt: tag.updated,
        };
      }),
    ),
  );
}

interface Said extends Omit<RemoteEmoji, "shortcode" | "url"> {
  name?: string;
  url?: string;
}

/** Each name once; what has no name or no picture is none. */
function distinct(said: readonly Said[]): RemoteEmoji[] {
  const found = new Map<string, RemoteEmoji>();
  for (const { name, url, ...more } of said) {
    const short = name?.trim().replace(/^:(.*):$/, "$1") ?? "";
    if (url && shortcode.test(short)) found.set(short, { shortcode: short, url, ...more });
  }
  return [...found.values()];
}

function instantIn(text: string | undefined): Temporal.Instant | null {
  const time = new Date(text ?? "").getTime();
  return Number.isNaN(time) ? null : Temporal.Instant.fromEpochMilliseconds(time);
}
