import type { EmojiReact, Like } from "@fedify/vocab";
import type { Account } from "../accounts/account.ts";
import { type JsonObject, publicUri } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Said } from "../base/events.ts";
import { nothingFetched } from "../base/loosely.ts";
import { mostEmojis, readEmojiTags, toEmoji, toRemoteEmoji } from "../emoji/activity.ts";
import { emojiCharacter, type RemoteEmoji } from "../emoji/emoji.ts";
import { type Reaction, said } from "../emoji/reaction.ts";
import type { Post } from "../posts/post.ts";

/** Reactions as ActivityStreams: ours to theirs, and what theirs wear. */

/**
 * Somebody likes a post; with an emoji, as Misskey says it: to those who know of none it is a like. That has an id of
 * its own, because Pleroma's family takes it back by that.
 */
export function toLike(ctx: Ctx, who: Account, post: Post, reaction: Reaction | undefined): JsonObject {
  if (!reaction) return { type: "Like", actor: who.uri, object: post.uri };
  const { emoji, emojiUri } = reaction;
  const tag = emoji && (emoji.fileKey ? toEmoji(ctx, emoji) : toRemoteEmoji(emoji, emojiUri));
  return { ...toPastLike(who, post, said(reaction)), ...(tag && { tag: [tag] }) };
}

/** The like that is to be undone. Nobody knows a plain one's id any more; servers go by who liked what. */
export function toPastLike(who: Account, post: Post, was: Said | null): JsonObject {
  const like = { type: "Like", actor: who.uri, object: post.uri };
  if (!was) return { id: `${who.uri}#likes/${post.id}`, ...like };
  const { reactionId, text } = was;
  return { id: `${who.uri}#reactions/${reactionId}`, ...like, content: text, _misskey_reaction: text };
}

/** An emoji as somebody elsewhere names it. */
export interface Worn {
  name: string;
  /** Whether it is a character; else it is a picture, which may come along. */
  isCharacter: boolean;
  picture?: RemoteEmoji;
}

/** Misskey puts it on likes that wear nothing. */
const heart = "\u2764\uFE0F";

/** The emoji that a like from elsewhere wears, if it wears one. */
export async function readWorn(like: Like | EmojiReact): Promise<Worn | undefined> {
  const vocab = await import("@fedify/vocab");
  const text = (like.content ?? like.name)?.toString().trim() ?? "";
  const character = emojiCharacter(text);
  if (character) {
    const isPlain = character === heart && like instanceof vocab.Like;
    return isPlain ? undefined : { name: character, isCharacter: true };
  }
  const [, name] = text.match(/^:?(\w{2,200})(?:@[^:]*)?:?$/) ?? [];
  if (!name) return undefined;
  const tags = [];
  for await (const tag of like.getTags(nothingFetched)) {
    if (tag instanceof vocab.Emoji && tags.push(tag) >= mostEmojis) break;
  }
  const picture = (await readEmojiTags(tags)).find(({ shortcode }) => shortcode === name);
  return { name, isCharacter: false, picture };
}

/** Somebody passes a post on. */
export function toAnnounce(who: Account, boost: Post, post: Post, author: Account): JsonObject {
  const followers = `${who.uri}/followers`;
  const audience = {
    public: { to: [publicUri], cc: [followers, author.uri] },
    unlisted: { to: [followers], cc: [publicUri, author.uri] },
    private: { to: [followers], cc: [author.uri] },
    direct: { to: [author.uri], cc: [] },
  }[boost.visibility];
  return {
    id: boost.uri,
    type: "Announce",
    actor: who.uri,
    published: boost.createdAt.toString({ fractionalSecondDigits: 3 }),
    ...audience,
    object: post.uri,
  };
}

/** The announcement that is to be undone, as far as anybody still knows. */
export function toPastAnnounce(who: Account, boostUri: string, post: Post, author: Account): JsonObject {
  return {
    id: boostUri,
    type: "Announce",
    actor: who.uri,
    to: [publicUri],
    cc: [`${who.uri}/followers`, author.uri],
    object: post.uri,
  };
}
