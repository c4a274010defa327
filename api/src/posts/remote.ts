import type { Object as AnyObject } from "@fedify/vocab";
import type { Account } from "../accounts/account.ts";
import { fetchAccount } from "../accounts/remote.ts";
import type { Visibility } from "../auth/member.ts";
import type { Ctx } from "../base/ctx.ts";
import { NotFound, Refusal } from "../base/errors.ts";
import { FetchFailed } from "../base/fetched.ts";
import { sameHost, webUri } from "../base/loosely.ts";
import { fetchObject } from "../delivery/read.ts";
import { upsertRemoteEmojis } from "../emoji/store.ts";
import { withoutFallback } from "../quotes/fallback.ts";
import type { QuoteDraft } from "../quotes/quote.ts";
import { createPost, type Draft } from "./create.ts";
import { type Incoming, readPost, visibilityOf } from "./incoming.ts";
import { inOurWords } from "./policy_activity.ts";
import { isPublic, type Post } from "./post.ts";
import { quoteFrom } from "./quoting.ts";
import { circlesOf, followersUriOf, peopleByUri } from "./remote_store.ts";
import { seenPost } from "./seen.ts";
import { postByUri } from "./store.ts";

/** Posts from elsewhere become posts here, whether they were sent or asked for. */

/** How far up a conversation is asked for, and for how long at the most. */
const mostAncestors = 20;
const patience = { seconds: 10 };

/** Unknown people in a post who are looked up: the others are links in its text all the same. */
const mostStrangers = 10;

/** A way up a conversation, from answer to answer. */
interface Climb {
  /** URIs of what is on it: nobody is led in circles. */
  passed: Set<string>;
  until: Temporal.Instant;
}

/**
 * The post of this ActivityPub id or page: as stored, or else fetched from its origin with what it answers, and
 * stored. Throws `NotFound` where there is none for everybody, and `FetchFailed` where it can't be had.
 */
export async function fetchPost(ctx: Ctx, uri: string): Promise<Post> {
  return await reach(ctx, uri, beginning(ctx));
}

/** Makes a post of what came from elsewhere, with what it answers. The same again makes no second one. */
export async function takeIn(
  ctx: Ctx,
  author: Account,
  incoming: Incoming,
  visibility: Visibility,
  climb: Climb = beginning(ctx),
): Promise<Post> {
  climb.passed.add(incoming.uri);
  const replyTo = incoming.answers ? await named(ctx, author, incoming.answers, climb) : undefined;
  const quote = await quotedIn(ctx, author, incoming, climb);
  await takeEmojis(ctx, author, incoming);
  return await createPost(ctx, await draftOf(ctx, author, { incoming, visibility, replyTo, quote }));
}

/** What its words show besides letters. */
export async function takeEmojis(ctx: Ctx, { domain }: Account, { emojis }: Incoming): Promise<void> {
  if (domain !== null) await upsertRemoteEmojis(ctx.db, domain, emojis, ctx.now());
}

function beginning(ctx: Ctx): Climb {
  return { passed: new Set(), until: ctx.now().add(patience) };
}

async function reach(ctx: Ctx, asked: string, climb: Climb): Promise<Post> {
  const known = await postByUri(ctx.db, asked);
  if (known) return known;
  const uri = webUri(asked);
  if (!uri || sameHost(uri, ctx.config.baseUrl)) throw new NotFound();
  const object = await fetchObject(ctx, uri);
  const sameElsewhere = object.id && await postByUri(ctx.db, object.id.href);
  if (sameElsewhere) return sameElsewhere;
  const incoming = await readPost(object, ctx.now());
  const author = incoming && await authorOf(ctx, object);
  if (!author || author.suspendedAt) throw new NotFound();
  const visibility = visibilityOf(incoming, await followersUriOf(ctx.db, author.id));
  if (!isPublic({ visibility })) throw new NotFound();
  return await takeIn(ctx, author, incoming, visibility, climb);
}

/** Who wrote it: somebody on its own server, for nobody else could say so. */
async function authorOf(ctx: Ctx, { id, attributionIds }: AnyObject): Promise<Account | undefined> {
  const uri = attributionIds.find((uri) => uri.host === id?.host);
  return uri && await fetchAccount(ctx, uri);
}

/** What a post quotes, and how that stands with whoever wrote that; undefined where it quotes nothing. */
export async function quotedIn(
  ctx: Ctx,
  author: Account,
  { uri, quotes }: Pick<Incoming, "uri" | "quotes">,
  climb: Climb = beginning(ctx),
): Promise<QuoteDraft | undefined> {
  if (!quotes) return undefined;
  climb.passed.add(uri);
  const quoted = await named(ctx, author, quotes.uri, climb).catch((error) => {
    if (error instanceof NotFound) return undefined;
    throw error;
  });
  return await quoteFrom(ctx, author, quotes, quoted?.boostOfId ? undefined : quoted);
}

/**
 * What a post answers or quotes; undefined where that can't be had. One of ours must be visible to the author, as it
 * must be for our own members: else it is NotFound.
 */
async function named(ctx: Ctx, author: Account, uri: string, climb: Climb): Promise<Post | undefined> {
  const known = await postByUri(ctx.db, uri);
  if (known?.isLocal) return await seenPost(ctx, author, known.id);
  if (known) return known;
  const { passed, until } = climb;
  const isFar = passed.size > mostAncestors || Temporal.Instant.compare(ctx.now(), until) > 0;
  if (isFar || passed.has(uri)) return undefined;
  return await reach(ctx, uri, climb).catch((error) => {
    if (error instanceof Refusal || error instanceof FetchFailed) return undefined;
    throw error;
  });
}

async function draftOf(
  ctx: Ctx,
  author: Account,
  { incoming, visibility, replyTo, quote }: {
    incoming: Incoming;
    visibility: Visibility;
    replyTo?: Post;
    quote?: QuoteDraft;
  },
): Promise<Draft> {
  const { uri, url, publishedAt, editedAt, answers } = incoming;
  const words = await wordsOf(ctx, incoming, visibility, quote);
  return {
    ...words,
    showing: incoming.attachments.length > 0 ? words.showing : undefined,
    author,
    visibility,
    replyTo,
    quote,
    policy: inOurWords(incoming.policy, await circlesOf(ctx.db, author.id)),
    appId: null,
    origin: { uri, url, publishedAt, editedAt, replyToUri: answers ?? null },
  };
}

/**
 * What an edit may change as well: the text, without the link that stands for a quote that we have, who is named in
 * it, and what it shows.
 */
export async function wordsOf(
  ctx: Ctx,
  incoming: Incoming,
  visibility: Visibility,
  quote: Pick<QuoteDraft, "quotedId"> | undefined,
) {
  const { contentWarning, isSensitive, language, tags, poll, attachments } = incoming;
  const html = quote?.quotedId ? withoutFallback(incoming.html) : incoming.html;
  const mentions = await mentionedIn(ctx, incoming, visibility);
  const showing = { remote: attachments };
  return { html, source: null, contentWarning, isSensitive, language, tags, poll, mentions, showing };
}

/** Those whom it names; and, of what is not for everybody, those of us whom it is for. */
async function mentionedIn(
  ctx: Ctx,
  { mentioned, to, cc }: Incoming,
  visibility: Visibility,
): Promise<{ id: string }[]> {
  const people = await peopleByUri(ctx.db, [...mentioned, ...to, ...cc]);
  const strangers = mentioned.filter((uri) => !people.has(uri)).slice(0, mostStrangers);
  const met = await Promise.allSettled(strangers.map((uri) => fetchAccount(ctx, uri)));
  const isNamed = ([uri, person]: [string, { isLocal: boolean }]) =>
    mentioned.includes(uri) || (person.isLocal && !isPublic({ visibility }));
  return [
    ...[...people].filter(isNamed).map(([, person]) => person),
    ...met.flatMap((meeting) => meeting.status === "fulfilled" ? [meeting.value] : []),
  ];
}
