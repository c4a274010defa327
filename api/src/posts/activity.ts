import { handleOf, isLocal } from "../accounts/account.ts";
import { type JsonObject, publicUri } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Audience } from "../delivery/deliver.ts";
import { toEmoji } from "../emoji/activity.ts";
import { toDocument } from "../media/activity.ts";
import { toQuestion } from "../polls/activity.ts";
import { stampUriOf, type ToldQuote, toQuote, toQuoteLinks } from "../quotes/activity.ts";
import { withFallback } from "../quotes/fallback.ts";
import { fitted } from "./fit.ts";
import type { ToldPost } from "./note_store.ts";
import { toPolicy } from "./policy_activity.ts";
import { isPublic, type Post } from "./post.ts";

/** Posts as ActivityStreams: ours to theirs. */

/** A post as a `Note`; one that asks something as a `Question`. */
export function toNote(ctx: Ctx, told: ToldPost): JsonObject {
  const { post, author, replyTo } = told;
  const quote = quoteOf(ctx, told);
  const html = quote ? withFallback(post.html, quote.url) : post.html;
  return fitted({
    id: post.uri,
    type: "Note",
    attributedTo: author.uri,
    url: post.url ?? `${author.url}/${post.id}`,
    published: instant(post.createdAt),
    updated: post.editedAt ? instant(post.editedAt) : undefined,
    inReplyTo: replyTo?.uri ?? null,
    ...audience(told),
    summary: post.contentWarning || null,
    sensitive: post.isSensitive,
    content: html,
    contentMap: post.language ? { [post.language]: html } : undefined,
    attachment: told.attachments.map((one) => toDocument(ctx, one)),
    tag: [
      ...mentionTags(ctx, told),
      ...hashtags(ctx, told),
      ...told.emojis.map((emoji) => toEmoji(ctx, emoji)),
      ...(quote ? toQuoteLinks(quote) : []),
    ],
    ...(quote && toQuote(quote)),
    interactionPolicy: toPolicy(post, author),
    replies: `${post.uri}/replies`,
    ...(told.poll && toQuestion(told.poll, ctx.now())),
  });
}

/** Somebody has published a post. */
export function toCreate(ctx: Ctx, told: ToldPost): JsonObject {
  const { post, author } = told;
  return {
    id: `${post.uri}/activity`,
    type: "Create",
    actor: author.uri,
    published: instant(post.createdAt),
    ...audience(told),
    object: toNote(ctx, told),
  };
}

/** Its author has changed it. */
export function toUpdate(ctx: Ctx, told: ToldPost): JsonObject {
  const { post, author } = told;
  return {
    type: "Update",
    actor: author.uri,
    published: instant(post.editedAt ?? post.createdAt),
    ...audience(told),
    object: toNote(ctx, told),
  };
}

/** Its author has deleted it. */
export function toDelete(postUri: string, authorUri: string): JsonObject {
  return {
    id: `${postUri}#delete`,
    type: "Delete",
    actor: authorUri,
    to: [publicUri],
    cc: [],
    object: toTombstone(postUri),
  };
}

/** What stands where a post was. */
export function toTombstone(postUri: string): JsonObject {
  return { id: postUri, type: "Tombstone" };
}

/** An author puts a post on top of their profile, or takes it down: `Add` to and `Remove` from `featured`. */
export function toPinning(type: "Add" | "Remove", authorUri: string, postUri: string): JsonObject {
  return {
    type,
    actor: authorUri,
    to: [publicUri],
    cc: [`${authorUri}/followers`],
    object: postUri,
    target: `${authorUri}/featured`,
  };
}

/** Whom it is addressed to. Who reads `to` and `cc` learns the visibility from them. */
export function audience({ post, author, mentioned }: Pick<ToldPost, "post" | "author" | "mentioned">) {
  const followers = author.followersUri ?? `${author.uri}/followers`;
  const people = mentioned.map((account) => account.uri);
  const by: Record<Post["visibility"], { to: string[]; cc: string[] }> = {
    public: { to: [publicUri], cc: [followers, ...people] },
    unlisted: { to: [followers], cc: [publicUri, ...people] },
    private: { to: [followers], cc: people },
    direct: { to: people, cc: [] },
  };
  return by[post.visibility];
}

/**
 * Who is to hear of it: followers, unless it is direct; whom it mentions; and of what all may see whom it answers or
 * quotes, too.
 */
export function hearersOf({ post, author, mentioned, replyTo, quote }: ToldPost): Audience {
  const answered = isPublic(post)
    ? [replyTo?.authorId, quote?.authorId].filter((id) => id !== undefined)
    : [];
  return {
    followersOf: post.visibility === "direct" ? undefined : author.id,
    accountIds: [...mentioned.map((account) => account.id), ...answered],
  };
}

/** What it quotes, unless the quoted author said no. */
function quoteOf(ctx: Ctx, { post, quote }: ToldPost): ToldQuote | undefined {
  if (!quote || quote.state === "rejected" || quote.state === "revoked") return undefined;
  return {
    uri: quote.uri,
    url: quote.url ?? quote.uri,
    state: quote.state,
    isOwn: quote.authorId === post.authorId,
    stampUri: quote.isLocal ? stampUriOf(ctx, post.id) : quote.stampUri,
  };
}

function mentionTags(ctx: Ctx, { mentioned }: ToldPost): JsonObject[] {
  return mentioned.map((account) => ({
    type: "Mention",
    href: account.uri,
    name: `@${isLocal(account) ? `${account.username}@${ctx.config.handleDomain}` : handleOf(account)}`,
  }));
}

function hashtags(ctx: Ctx, { tags }: ToldPost): JsonObject[] {
  return tags.map(({ name, displayName }) => ({
    type: "Hashtag",
    href: `${ctx.config.baseUrl}/tags/${encodeURIComponent(name)}`,
    name: `#${displayName}`,
  }));
}

/** To the millisecond: finer is what nobody needs, and what some can't read. */
function instant(at: Temporal.Instant): string {
  return at.toString({ fractionalSecondDigits: 3 });
}
