/**
 * The JSON-LD contexts that documents name. None is ever fetched: the well-known ones come with the library,
 * and any other counts as the usual terms of the fediverse, which is what servers' own contexts hold.
 */

/** A document as the JSON-LD library takes it. */
export interface Loaded {
  contextUrl: null;
  documentUrl: string;
  document: unknown;
}

const activityStreams = "https://www.w3.org/ns/activitystreams";

/** What people's servers say beyond ActivityStreams, whatever their own context is called. */
const usualTerms = {
  "@context": {
    as: `${activityStreams}#`,
    toot: "http://joinmastodon.org/ns#",
    misskey: "https://misskey-hub.net/ns#",
    schema: "http://schema.org#",
    litepub: "http://litepub.social/ns#",
    fedibird: "http://fedibird.com/ns#",
    gts: "https://gotosocial.org/ns#",
    fep044f: "https://w3id.org/fep/044f#",
    sensitive: "as:sensitive",
    Hashtag: "as:Hashtag",
    quoteUrl: "as:quoteUrl",
    quoteUri: "fedibird:quoteUri",
    quote: { "@id": "fep044f:quote", "@type": "@id" },
    quoteAuthorization: { "@id": "fep044f:quoteAuthorization", "@type": "@id" },
    QuoteRequest: "fep044f:QuoteRequest",
    QuoteAuthorization: "fep044f:QuoteAuthorization",
    interactionPolicy: { "@id": "gts:interactionPolicy", "@type": "@id" },
    canLike: { "@id": "gts:canLike", "@type": "@id" },
    canReply: { "@id": "gts:canReply", "@type": "@id" },
    canAnnounce: { "@id": "gts:canAnnounce", "@type": "@id" },
    canQuote: { "@id": "gts:canQuote", "@type": "@id" },
    automaticApproval: { "@id": "gts:automaticApproval", "@type": "@id" },
    manualApproval: { "@id": "gts:manualApproval", "@type": "@id" },
    interactingObject: { "@id": "gts:interactingObject", "@type": "@id" },
    interactionTarget: { "@id": "gts:interactionTarget", "@type": "@id" },
    manuallyApprovesFollowers: "as:manuallyApprovesFollowers",
    alsoKnownAs: { "@id": "as:alsoKnownAs", "@type": "@id" },
    movedTo: { "@id": "as:movedTo", "@type": "@id" },
    Emoji: "toot:Emoji",
    votersCount: "toot:votersCount",
    discoverable: "toot:discoverable",
    indexable: "toot:indexable",
    suspended: "toot:suspended",
    featured: { "@id": "toot:featured", "@type": "@id" },
    featuredTags: { "@id": "toot:featuredTags", "@type": "@id" },
    PropertyValue: "schema:PropertyValue",
    value: "schema:value",
    EmojiReact: "litepub:EmojiReact",
    _misskey_quote: "misskey:_misskey_quote",
  },
};

/** Where a document names no context that says ActivityStreams, that is meant all the same (AS2, section 2.1). */
export const usualContext = [activityStreams, "https://w3id.org/security/v1", usualTerms["@context"]];

/** The context of that name. */
export async function loadContext(url: string): Promise<Loaded> {
  const { preloadedContexts } = await import("@fedify/vocab-runtime");
  const document = Object.hasOwn(preloadedContexts, url) ? preloadedContexts[url] : usualTerms;
  return { contextUrl: null, documentUrl: url, document };
}

/** Whether a `@context` names ActivityStreams itself. */
export function namesActivityStreams(context: unknown): boolean {
  return [context].flat().some((one) => one === activityStreams);
}
