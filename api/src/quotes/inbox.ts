import type { Accept, Delete, Object as AnyObject, QuoteRequest, Reject } from "@fedify/vocab";
import type { Account } from "../accounts/account.ts";
import { fetchAccount } from "../accounts/remote.ts";
import { accountById } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { Forbidden, Refusal } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { nothingFetched, sameHost } from "../base/loosely.ts";
import { fetchObject } from "../delivery/read.ts";
import { readPost, visibilityOf } from "../posts/incoming.ts";
import { verdictFor } from "../posts/policy.ts";
import type { Post } from "../posts/post.ts";
import { takeIn } from "../posts/remote.ts";
import { followersUriOf } from "../posts/remote_store.ts";
import { seenPost } from "../posts/seen.ts";
import { postById, postByUri } from "../posts/store.ts";
import { postUriIn } from "./activity.ts";
import { acceptQuote, endQuote } from "./consent.ts";
import type { Quote } from "./quote.ts";
import { isStamped } from "./stamp.ts";
import { insertQuote, quoteByPost, quotesByStamp } from "./store.ts";

/** Who may quote whom, between us and other servers (FEP-044f). */

/** Somebody asks whether they may quote one of ours: as that post's policy says. Who can't see it hears nothing. */
export async function onQuoteRequest(ctx: Ctx, request: QuoteRequest): Promise<void> {
  const { id, actorId, objectId, instrumentId } = request;
  const known = objectId && await postByUri(ctx.db, objectId.href);
  if (!id || !actorId || !instrumentId || !known?.isLocal || known.boostOfId) return;
  const who = await fetchAccount(ctx, actorId);
  if (who.suspendedAt) return;
  const quoted = await seenPost(ctx, who, known.id);
  const requestUri = id.href;
  try {
    if (await verdictFor(ctx, who, quoted, "quote") !== "automatic") throw new Forbidden();
    const post = await quotingPost(ctx, request, who, quoted);
    await acceptQuote(ctx, { postId: post.id, quotedId: quoted.id }, { requestUri });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const asked = { quotedId: quoted.id, accountId: who.id, postUri: instrumentId.href };
    await emit(ctx, "quote.refused", { ...asked, requestUri });
  }
}

/** Somebody agrees to be quoted by one of ours. */
export async function onAcceptQuote(ctx: Ctx, accept: Accept): Promise<void> {
  const asked = await askedOf(ctx, accept);
  const stampUri = accept.resultId?.href;
  if (!asked || !stampUri) return;
  const { quote, post, quoted, author } = asked;
  const named = { authorUri: author.uri, quotedUri: quoted.uri, postUri: post.uri };
  if (await isStamped(ctx, stampUri, named)) await acceptQuote(ctx, quote, { stampUri });
}

/** Somebody does not agree, or not any longer. */
export async function onRejectQuote(ctx: Ctx, reject: Reject): Promise<void> {
  const asked = await askedOf(ctx, reject);
  if (asked) await endQuote(ctx, asked.quote);
}

/** Somebody takes back that they are quoted, wherever that is. */
export async function onDeleteStamp(ctx: Ctx, { actorId, objectId }: Delete): Promise<void> {
  if (!actorId || !objectId || !sameHost(actorId.href, objectId.href)) return;
  for (const quote of await quotesByStamp(ctx.db, objectId.href)) {
    const quoted = quote.quotedId ? await postById(ctx.db, quote.quotedId) : undefined;
    const author = quoted && await accountById(ctx.db, quoted.authorId);
    if (author?.uri === actorId.href) await endQuote(ctx, quote);
  }
}

/** The post for which is asked: it comes along, or is asked for, and has to be theirs and to quote that. */
async function quotingPost(ctx: Ctx, request: QuoteRequest, who: Account, quoted: Post): Promise<Post> {
  const object = await instrumentOf(ctx, request);
  const incoming = await readPost(object, ctx.now());
  const isTheirs = object.attributionIds.some(({ href }) => href === who.uri);
  if (!incoming || !isTheirs || !sameHost(incoming.uri, who.uri)) throw new Forbidden();
  if (incoming.quotes?.uri !== quoted.uri) throw new Forbidden();
  const visibility = visibilityOf(incoming, await followersUriOf(ctx.db, who.id));
  const post = await takeIn(ctx, who, incoming, visibility);
  if (post.authorId !== who.id) throw new Forbidden();
  const { uri: quotedUri, id: quotedId } = quoted;
  await insertQuote(ctx.db, post.id, { quotedId, quotedUri, state: "pending", stampUri: null });
  if ((await quoteByPost(ctx.db, post.id))?.quotedId !== quoted.id) throw new Forbidden();
  return post;
}

async function instrumentOf(ctx: Ctx, request: QuoteRequest): Promise<AnyObject> {
  const enclosed = await request.getInstrument(nothingFetched);
  const isTheirs = enclosed?.id?.host === request.actorId?.host;
  return enclosed && isTheirs ? enclosed : await fetchObject(ctx, request.instrumentId!);
}

interface AskedQuote {
  quote: Quote;
  post: Post;
  quoted: Post;
  author: Account;
}

/** The quote by one of ours that is answered; undefined where the answer is about something else, or not theirs to give. */
async function askedOf(ctx: Ctx, { actorId, objectId }: Accept | Reject): Promise<AskedQuote | undefined> {
  const postUri = objectId && postUriIn(objectId.href);
  const post = postUri ? await postByUri(ctx.db, postUri) : undefined;
  const quote = post?.isLocal ? await quoteByPost(ctx.db, post.id) : undefined;
  const quoted = quote?.quotedId ? await postById(ctx.db, quote.quotedId) : undefined;
  const author = quoted && await accountById(ctx.db, quoted.authorId);
  if (!post || !quote || !quoted || author?.uri !== actorId?.href) return undefined;
  return { quote, post, quoted, author: author! };
}
