/** ActivityStreams 2.0 as JSON: what we send is written by hand in `activity.ts` files, for speed and exactness. */

export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json | undefined;
}

/** Everybody. Always written out in full: some servers know no other spelling. */
export const publicUri = "https://www.w3.org/ns/activitystreams#Public";

/** How we label what we send. */
export const activityType = "application/activity+json";

/** What we ask for. */
export const acceptedTypes =
  'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"';

/** The JSON-LD context of everything that we send: one for all, so that it is the same bytes everywhere. */
export const context: Json = [
  "https://www.w3.org/ns/activitystreams",
  "https://w3id.org/security/v1",
  "https://www.w3.org/ns/did/v1",
  "https://w3id.org/security/multikey/v1",
  {
    toot: "http://joinmastodon.org/ns#",
    schema: "http://schema.org#",
    manuallyApprovesFollowers: "as:manuallyApprovesFollowers",
    sensitive: "as:sensitive",
    Hashtag: "as:Hashtag",
    alsoKnownAs: { "@id": "as:alsoKnownAs", "@type": "@id" },
    movedTo: { "@id": "as:movedTo", "@type": "@id" },
    discoverable: "toot:discoverable",
    indexable: "toot:indexable",
    attributionDomains: { "@id": "toot:attributionDomains", "@type": "@id" },
    featured: { "@id": "toot:featured", "@type": "@id" },
    featuredTags: { "@id": "toot:featuredTags", "@type": "@id" },
    suspended: "toot:suspended",
    Emoji: "toot:Emoji",
    votersCount: "toot:votersCount",
    blurhash: "toot:blurhash",
    focalPoint: { "@id": "toot:focalPoint", "@container": "@list" },
    PropertyValue: "schema:PropertyValue",
    value: "schema:value",
    gts: "https://gotosocial.org/ns#",
    fep044f: "https://w3id.org/fep/044f#",
    interactionPolicy: { "@id": "gts:interactionPolicy", "@type": "@id" },
    canLike: { "@id": "gts:canLike", "@type": "@id" },
    canReply: { "@id": "gts:canReply", "@type": "@id" },
    canAnnounce: { "@id": "gts:canAnnounce", "@type": "@id" },
    canQuote: { "@id": "gts:canQuote", "@type": "@id" },
    automaticApproval: { "@id": "gts:automaticApproval", "@type": "@id" },
    manualApproval: { "@id": "gts:manualApproval", "@type": "@id" },
    interactingObject: { "@id": "gts:interactingObject", "@type": "@id" },
    interactionTarget: { "@id": "gts:interactionTarget", "@type": "@id" },
    QuoteRequest: "fep044f:QuoteRequest",
    QuoteAuthorization: "fep044f:QuoteAuthorization",
    quote: { "@id": "fep044f:quote", "@type": "@id" },
    quoteAuthorization: { "@id": "fep044f:quoteAuthorization", "@type": "@id" },
    quoteUrl: "as:quoteUrl",
    quoteUri: "http://fedibird.com/ns#quoteUri",
    _misskey_quote: "https://misskey-hub.net/ns#_misskey_quote",
    _misskey_reaction: "https://misskey-hub.net/ns#_misskey_reaction",
  },
];

/** An activity or object with the context on top, as it stands alone. */
export function withContext(object: JsonObject): JsonObject {
  return { "@context": context, ...object };
}

/** How many bytes it is when it goes out. */
export function bytesOf(json: Json): number {
  return new TextEncoder().encode(JSON.stringify(json)).length;
}

/** Somebody takes back what `activity` said. It goes to whomever that was addressed to. */
export function toUndo(activity: JsonObject): JsonObject {
  const { actor, to = [], cc = [] } = activity;
  return { type: "Undo", actor, to, cc, object: activity };
}

/** Whether a `Content-Type` says ActivityStreams: the one type, or JSON-LD with its profile. */
export function isActivityType(contentType: string | null): boolean {
  const [type, ...parameters] = (contentType ?? "").toLowerCase().split(";").map((part) => part.trim());
  if (type === activityType) return true;
  return type === "application/ld+json" &&
    parameters.some((parameter) =>
      /^profile="?([^"]*\s)?https:\/\/www\.w3\.org\/ns\/activitystreams(\s[^"]*)?"?$/.test(parameter)
    );
}

/** Whether a request would rather have ActivityStreams than a page (RFC 9110 `Accept`, in its order of weight). */
export function prefersActivity(accept: string | undefined): boolean {
  const weights = (accept ?? "").split(",").map((part) => {
    const [type = "", ...parameters] = part.trim().toLowerCase().split(";").map((piece) => piece.trim());
    const weight = Number(parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? 1);
    return { part: part.trim(), type, weight };
  });
  const best = (is: (one: { part: string; type: string }) => boolean) =>
    Math.max(0, ...weights.filter(is).map((one) => one.weight));
  const activity = best((one) => isActivityType(one.part) || one.type === "application/ld+json");
  return activity > 0 && activity >= best((one) => one.type === "text/html");
}
