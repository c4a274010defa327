import type { Link, Note, Object as AnyObject, QuoteAuthorization } from "@fedify/vocab";
import { isActivityType, type JsonObject, publicUri } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import { nothingFetched, webUri } from "../base/loosely.ts";
import type { QuoteSaid, QuoteState } from "./quote.ts";

/** Quotes as ActivityStreams (FEP-044f), and in the words of those who had them before: both ways. */

/** How Misskey's family calls a link that quotes (FEP-e232). */
const misskeysQuote = "https://misskey-hub.net/ns#_misskey_quote";
const activityStreams = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"';

/** Where our server says that the author of a post from here agrees that this post quotes it. */
export function stampUriOf(ctx: Ctx, postId: string): string {
  return `${ctx.config.baseUrl}/ap/quotes/${postId}`;
}

/** What a `Note` needs to say of what it quotes. */
export interface ToldQuote {
  uri: string;
  /** The page that people see. */
  url: string;
  state: QuoteState;
  /** The author quotes themselves: nobody has to agree. */
  isOwn: boolean;
  stampUri: string | null;
}

/** What makes a `Note` a quote. Until its author agrees, only those who know of consent hear what is quoted. */
export function toQuote({ uri, state, isOwn, stampUri }: ToldQuote): JsonObject {
  if (state === "pending") return { quote: uri };
  if (state !== "accepted") return {};
  return {
    quote: uri,
    quoteUrl: uri,
    quoteUri: uri,
    _misskey_quote: uri,
    ...(!isOwn && { quoteAuthorization: stampUri ?? undefined }),
  };
}

/** The same as a link among its tags. */
export function toQuoteLinks({ uri, state }: ToldQuote): JsonObject[] {
  if (state !== "accepted") return [];
  return [{ type: "Link", mediaType: activityStreams, rel: misskeysQuote, href: uri, name: `RE: ${uri}` }];
}

/** Somebody here asks whether they may quote. `instrument` is their post. */
export function toQuoteRequest(
  instrument: JsonObject,
  { actorUri, quotedUri, authorUri }: { actorUri: string; quotedUri: string; authorUri: string },
): JsonObject {
  return {
    id: requestUriOf(String(instrument.id)),
    type: "QuoteRequest",
    actor: actorUri,
    to: [authorUri],
    cc: [],
    object: quotedUri,
    instrument,
  };
}

/** How the request is called that asks for this post's quote. */
export function requestUriOf(postUri: string): string {
  return `${postUri}/quote_request`;
}

/** The post whose quote that request asks for; undefined where it is no request of ours. */
export function postUriIn(requestUri: string): string | undefined {
  return requestUri.match(/^(.+)\/quote_request$/)?.[1];
}

/** What somebody elsewhere asked of one of ours, and what became of it. */
export interface Asked {
  requestUri: string;
  /** Who asked, and which post of theirs quotes. */
  actorUri: string;
  postUri: string;
  /** Who was asked, and for what. */
  authorUri: string;
  quotedUri: string;
}

/** Somebody here agrees to be quoted (`stampUri`), or does not. */
export function toAnswer(asked: Asked, stampUri?: string): JsonObject {
  const { requestUri, actorUri, postUri, authorUri, quotedUri } = asked;
  return {
    type: stampUri ? "Accept" : "Reject",
    actor: authorUri,
    to: [actorUri],
    cc: [],
    object: { id: requestUri, type: "QuoteRequest", actor: actorUri, object: quotedUri, instrument: postUri },
    ...(stampUri && { result: stampUri }),
  };
}

/** That somebody here agrees that `postUri` quotes them: others ask for it, and it has to name both. */
export function toStamp(
  stampUri: string,
  { authorUri, quotedUri, postUri }: { authorUri: string; quotedUri: string; postUri: string },
): JsonObject {
  return {
    id: stampUri,
    type: "QuoteAuthorization",
    attributedTo: authorUri,
    interactingObject: postUri,
    interactionTarget: quotedUri,
  };
}

/** They take it back. */
export function toRevocation(stampUri: string, authorUri: string): JsonObject {
  return {
    id: `${stampUri}#delete`,
    type: "Delete",
    actor: authorUri,
    to: [publicUri],
    cc: [`${authorUri}/followers`],
    object: stampUri,
  };
}

type Quoting = Pick<Note, "quoteId" | "quoteUrl" | "quoteAuthorizationId">;

/** What a post from elsewhere quotes; undefined where it is nothing. */
export async function readQuote(object: AnyObject): Promise<QuoteSaid | undefined> {
  const { quoteId, quoteUrl, quoteAuthorizationId } = object as Partial<Quoting>;
  const said = webUri(quoteId?.href);
  if (said) return { uri: said, stampUri: webUri(quoteAuthorizationId?.href) ?? null, isLegacy: false };
  const uri = webUri(quoteUrl?.href) ?? await linkedQuote(object);
  return uri ? { uri, stampUri: null, isLegacy: true } : undefined;
}

/** The object link that stands for a quote among its tags (FEP-e232). */
async function linkedQuote(object: AnyObject): Promise<string | undefined> {
  const vocab = await import("@fedify/vocab");
  for await (const tag of object.getTags(nothingFetched)) {
    if (!(tag instanceof vocab.Link) || !isActivityType(tag.mediaType)) continue;
    if (isQuote(tag)) return webUri(tag.href?.href);
  }
}

function isQuote({ rel, name }: Link): boolean {
  return rel === misskeysQuote || /^RE:/i.test(String(name ?? ""));
}

/** Whether this is what its author's server says when they agree that `postUri` quotes `quotedUri`. */
export async function isStampFor(
  object: AnyObject,
  { authorUri, quotedUri, postUri }: { authorUri: string; quotedUri: string; postUri: string },
): Promise<boolean> {
  const vocab = await import("@fedify/vocab");
  if (!(object instanceof vocab.QuoteAuthorization)) return false;
  const { id, attributionIds, interactingObjectId, interactionTargetId } = object as QuoteAuthorization;
  return id?.host === new URL(authorUri).host && attributionIds.some(({ href }) => href === authorUri) &&
    interactingObjectId?.href === postUri && interactionTargetId?.href === quotedUri;
}
