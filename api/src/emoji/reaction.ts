import type { Said } from "../base/events.ts";
import type { Emoji } from "./emoji.ts";

/** An emoji that a post is answered with. */
export interface Face {
  /** The character; of a picture, its shortcode. */
  name: string;
  /** The picture; null where it is a character. */
  emojiId: string | null;
}

/** An emoji that somebody has answered a post with. */
export interface Reaction {
  id: string;
  name: string;
  /** The picture, and how its own server calls it. */
  emoji: Emoji | null;
  emojiUri: string | null;
}

/** How often a post was answered with one emoji. */
export interface Tally {
  name: string;
  emoji: Emoji | null;
  /** Where the picture is from; null: from here. */
  domain: string | null;
  count: number;
  /** Whether also by the viewer. */
  me: boolean;
}

/** More different ones below one post are not shown. */
export const mostShown = 50;

/** What others will be told of it when it is gone. */
export function said(reaction: Reaction | undefined): Said | null {
  if (!reaction) return null;
  const { id, name, emoji } = reaction;
  return { reactionId: id, text: emoji ? `:${name}:` : name };
}

/** How apps call it: a picture of another server with where it is from. */
export function nameOf({ name, domain }: Pick<Tally, "name" | "domain">): string {
  return domain ? `${name}@${domain}` : name;
}
