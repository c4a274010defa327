import { type Json, type JsonObject, publicUri } from "../base/activitystreams.ts";
import { objectsIn, several, textIn } from "../base/loosely.ts";
import { namesActivityStreams, usualContext } from "./contexts.ts";

/**
 * The reader of JSON-LD gives a whole document up for one date that is none. What strangers send is tidied
 * first, so that only the bad field is lost: what is null, no date where a date belongs, no address where an
 * address belongs. What is said in an unusual way is put in the usual one.
 */

const dates = new Set(["published", "updated", "startTime", "endTime", "deleted"]);

/** Properties whose value, where it is a text, is an address. */
const addresses = new Set([
  ...["id", "@id", "url", "href", "actor", "object", "target", "origin", "result", "instrument"],
  ...["attributedTo", "inReplyTo", "to", "cc", "bto", "bcc", "audience", "context", "icon", "image"],
  ...["attachment", "tag", "preview", "generator", "location", "replies", "likes", "shares", "first", "last"],
  ...["next", "prev", "current", "items", "orderedItems", "partOf", "oneOf", "anyOf", "relationship"],
  ...["subject", "describes", "quoteUrl", "quote", "quoteUri", "alsoKnownAs", "movedTo"],
  ...["_misskey_quote", "quoteAuthorization", "interactingObject", "interactionTarget"],
  ...["automaticApproval", "manualApproval"],
]);

/** What GoToSocial called some things at first, and what Misskey's family also calls `content`. */
const newNames: Record<string, string> = {
  always: "automaticApproval",
  approvalRequired: "manualApproval",
  _misskey_reaction: "content",
};

/** Three spellings of everybody. */
const everybody = new Set(["Public", "as:Public", publicUri]);

/** What only proves something: we have proven it otherwise, and a key of an unknown kind can't be read. */
const proofs = new Set(["signature", "proof", "publicKey", "assertionMethod", "endpoints"]);

/** A copy that can be read. */
export function tidy(document: JsonObject): JsonObject {
  const copy = tidyObject(document);
  copy["@context"] = withActivityStreams(document["@context"]);
  return copy;
}

/** The same, without trusting the context that it came with. */
export function tidyUnderOurs(document: JsonObject): JsonObject {
  return { ...tidyObject(document), "@context": usualContext };
}

function withActivityStreams(context: Json | undefined): Json {
  if (context === undefined || context === null) return usualContext;
  return namesActivityStreams(context) ? context : [usualContext[0]!, ...[context].flat()];
}

function tidyObject(object: JsonObject): JsonObject {
  const copy: JsonObject = {};
  for (const [name, value] of Object.entries(object)) {
    if (value === null || value === undefined || proofs.has(name) || name === "@context") continue;
    if (/[a-z]Map$/.test(name)) {
      Object.assign(copy, tidyMap(object, name));
      continue;
    }
    const present = newNames[name] ?? name;
    const kept = tidyValue(present, value);
    if (kept !== undefined) copy[present] ??= kept;
  }
  return withLanguage(copy);
}

/** Texts by their language. Where nothing is said without one, the first of them is meant. */
function tidyMap(object: JsonObject, name: string): JsonObject {
  const texts = Object.entries(objectsIn(object[name])[0] ?? {}).flatMap(([language, text]) => {
    const first = textIn(text);
    return first === undefined ? [] : [[language, first] as const];
  });
  if (texts.length === 0) return {};
  const plain = name.slice(0, -"Map".length);
  const isMissing = several(object[plain]).length === 0;
  return { [name]: Object.fromEntries(texts), ...(isMissing && { [plain]: texts[0]![1] }) };
}

/** Lemmy and PeerTube name the language beside the text (`language`), Mobilizon, too (`inLanguage`). */
function withLanguage(object: JsonObject): JsonObject {
  const { content, name, contentMap, nameMap } = object;
  const language = textIn(objectsIn(object.language)[0]?.identifier) ?? textIn(object.inLanguage);
  if (language === undefined || language === "und" || contentMap || nameMap) return object;
  if (typeof content === "string") return { ...object, contentMap: { [language]: content } };
  return typeof name === "string" ? { ...object, nameMap: { [language]: name } } : object;
}

/** What attachments say that the vocabulary has no words for. */
const extras = ["blurhash", "focalPoint"];

/**
 * They are carried on as JSON in `content`, which attachments have no other use for: media/activity.ts reads them
 * there.
 */
function withExtras(attachment: JsonObject): JsonObject {
  const said = Object.fromEntries(
    extras.flatMap((name) => name in attachment ? [[name, attachment[name]]] : []),
  );
  return Object.keys(said).length > 0 ? { ...attachment, content: JSON.stringify(said) } : attachment;
}

function tidyValue(name: string, value: Json): Json | undefined {
  if (Array.isArray(value)) {
    return value.map((one) => one === null ? undefined : tidyValue(name, one)).filter((one) =>
      one !== undefined
    );
  }
  if (typeof value === "object" && value !== null) {
    const list = several(value);
    if (list[0] !== value) return tidyValue(name, list);
    return tidyObject(name === "attachment" ? withExtras(value) : value);
  }
  if (typeof value === "string") return tidyText(name, value.replaceAll("\0", "").toWellFormed());
  return addresses.has(name) || dates.has(name) || /type$/.test(name) ? undefined : value;
}

function tidyText(name: string, text: string): string | undefined {
  if (dates.has(name) || name === "closed") return instant(text);
  if (name === "duration") return isDuration(text) ? text : undefined;
  if (!addresses.has(name)) return text;
  if (everybody.has(text)) return publicUri;
  return URL.canParse(text) ? text : undefined;
}

function instant(text: string): string | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function isDuration(text: string): boolean {
  try {
    return Temporal.Duration.from(text) !== undefined;
  } catch {
    return false;
  }
}
