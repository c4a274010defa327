import { type Json, type JsonObject, withContext } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import { sanitizeHtml } from "../base/html.ts";
import { objectsIn, sameHost, several, textIn, uriIn, webUri } from "../base/loosely.ts";
import { readEmojis, toEmoji } from "../emoji/activity.ts";
import type { RemoteEmoji } from "../emoji/emoji.ts";
import { readPicture, readPictureDescription, toImage } from "../media/activity.ts";
import { ownAddress } from "../media/addresses.ts";
import type { Account, Field, Kind } from "./account.ts";
import type { Keys } from "./keys.ts";

/** Accounts as ActivityStreams: ours as others see them, and theirs as we do. */

/** ActivityStreams' names of what an account can be. */
const typeOf: Record<Kind, string> = {
  person: "Person",
  service: "Service",
  group: "Group",
  organization: "Organization",
  application: "Application",
};

/** What only some accounts have to say about themselves. */
export interface Moves {
  alsoKnownAs?: readonly string[];
  /** The URI of the account that it has moved to. */
  movedTo?: string;
}

/** One of our accounts as a document. */
export function toActor(
  { config }: Pick<Ctx, "config">,
  account: Account,
  keys: Pick<Keys, "rsaPublicPem" | "ed25519PublicMultibase">,
  { alsoKnownAs = [], movedTo }: Moves = {},
): JsonObject {
  const { uri } = account;
  return withContext({
    id: uri,
    type: typeOf[account.kind],
    preferredUsername: account.username,
    name: account.displayName,
    summary: account.bioHtml,
    url: account.url,
    inbox: `${uri}/inbox`,
    outbox: `${uri}/outbox`,
    ...(account.kind !== "application" && {
      followers: `${uri}/followers`,
      following: `${uri}/following`,
      featured: `${uri}/featured`,
      featuredTags: `${uri}/collections/tags`,
    }),
    endpoints: { sharedInbox: `${config.baseUrl}/inbox` },
    manuallyApprovesFollowers: account.isLocked,
    discoverable: account.isDiscoverable,
    indexable: account.isIndexable,
    published: account.createdAt.toString({ fractionalSecondDigits: 0 }),
    ...(account.avatarKey && { icon: pictureOf({ config }, account.avatarKey, account.avatarDescription) }),
    ...(account.headerKey && { image: pictureOf({ config }, account.headerKey, account.headerDescription) }),
    ...(account.emojis.length > 0 && { tag: account.emojis.map((emoji) => toEmoji({ config }, emoji)) }),
    ...(account.suspendedAt && { suspended: true }),
    ...(alsoKnownAs.length > 0 && { alsoKnownAs: [...alsoKnownAs] }),
    ...(movedTo && { movedTo }),
    ...(account.attributionDomains.length > 0 && { attributionDomains: account.attributionDomains }),
    attachment: account.fields.map(({ name, html }) => ({ type: "PropertyValue", name, value: html })),
    publicKey: { id: `${uri}#main-key`, owner: uri, publicKeyPem: keys.rsaPublicPem },
    assertionMethod: [{
      id: `${uri}#key-2`,
      type: "Multikey",
      controller: uri,
      publicKeyMultibase: keys.ed25519PublicMultibase,
    }],
  });
}

function pictureOf(ctx: Pick<Ctx, "config">, key: string, description: string): JsonObject {
  return toImage(ownAddress(ctx, key, "original.webp"), "image/webp", description);
}

/** Somebody elsewhere, as their own server describes them. */
export interface RemoteActor {
  uri: string;
  kind: Kind;
  username: string;
  displayName: string;
  bioHtml: string;
  fields: Field[];
  avatarUrl: string | null;
  headerUrl: string | null;
  avatarDescription: string;
  headerDescription: string;
  emojis: RemoteEmoji[];
  url: string;
  inboxUri: string;
  sharedInboxUri: string | null;
  outboxUri: string | null;
  followersUri: string | null;
  followingUri: string | null;
  featuredUri: string | null;
  isLocked: boolean;
  isDiscoverable: boolean;
  isIndexable: boolean;
  alsoKnownAs: string[];
  attributionDomains: string[];
  movedToUri: string | null;
  /** Undefined where it does not say. */
  publishedAt?: Temporal.Instant;
  keys: ListedKey[];
  /** Keys that have documents of their own. */
  keyIds: string[];
}

/** A public key as an actor's document lists it: nothing is checked yet. */
export interface ListedKey {
  id: string;
  /** Whose it says it is. */
  owner?: string;
  pem?: string;
  multibase?: string;
}

const longestName = 500;
const longestBio = 50_000;
const mostFields = 50;
const mostAliases = 256;
const mostKeys = 10;

/**
 * The actor that a document describes; undefined where it describes none. What is not as it should be counts as
 * missing, because one bad field must not hide somebody. Plain JSON is read, for the same reason.
 */
export function readActor(document: JsonObject): RemoteActor | undefined {
  const uri = webUri(document.id);
  const username = textIn(document.preferredUsername);
  const inboxUri = uriIn(document.inbox);
  const kind = kindIn(document);
  if (!uri || !username || !/^[\w.-]{1,200}$/.test(username) || !inboxUri || !kind) return undefined;
  const own = (value: Json | undefined) => {
    const found = uriIn(value);
    return found && sameHost(found, uri) ? found : null;
  };
  return {
    ...{ uri, kind, username, inboxUri },
    displayName: oneLine(textIn(document.name) ?? "").slice(0, longestName),
    bioHtml: sanitizeHtml(
      (textIn(document.summary) ?? firstOf(document.summaryMap) ?? "").slice(0, longestBio),
    ),
    fields: fieldsIn(document),
    avatarUrl: readPicture(document.icon) ?? null,
    headerUrl: readPicture(document.image) ?? null,
    avatarDescription: oneLine(readPictureDescription(document.icon)),
    headerDescription: oneLine(readPictureDescription(document.image)),
    emojis: readEmojis(document.tag),
    url: pageIn(document.url) ?? uri,
    sharedInboxUri: uriIn(objectsIn(document.endpoints)[0]?.sharedInbox) ?? null,
    outboxUri: own(document.outbox),
    followersUri: own(document.followers),
    followingUri: own(document.following),
    featuredUri: own(document.featured),
    isLocked: document.manuallyApprovesFollowers === true,
    isDiscoverable: document.discoverable === true,
    isIndexable: document.indexable === true,
    alsoKnownAs: several(document.alsoKnownAs).flatMap((one) => uriIn(one) ?? []).slice(0, mostAliases),
    attributionDomains: several(document.attributionDomains).flatMap((one) =>
      textIn(one)?.toLowerCase() ?? []
    )
      .slice(0, mostAliases),
    movedToUri: uriIn(document.movedTo) ?? null,
    publishedAt: instantIn(document.published),
    keys: keysIn(document).flatMap((key) => typeof key === "object" ? readKey(key as JsonObject) ?? [] : []),
    keyIds: keysIn(document).flatMap((key) => webUri(key) ?? []),
  };
}

function keysIn({ publicKey, assertionMethod }: JsonObject): Json[] {
  return [...several(publicKey), ...several(assertionMethod)].slice(0, mostKeys);
}

/** A key, in an actor's document or in one of its own. */
export function readKey(key: JsonObject): ListedKey | undefined {
  const id = webUri(key.id);
  return id === undefined ? undefined : {
    id,
    owner: uriIn(key.owner) ?? uriIn(key.controller),
    pem: textIn(key.publicKeyPem),
    multibase: textIn(key.publicKeyMultibase),
  };
}

/** A type that we don't know is somebody all the same: people invent types for bots. */
function kindIn({ type }: JsonObject): Kind | undefined {
  const types = several(type).filter((one) => typeof one === "string");
  if (types.length === 0 || types.includes("Tombstone")) return undefined;
  const kinds = Object.keys(typeOf) as Kind[];
  return kinds.find((kind) => types.includes(typeOf[kind])) ?? "service";
}

function fieldsIn({ attachment }: JsonObject): Field[] {
  return objectsIn(attachment)
    .filter((field) => several(field.type).some((type) => /(^|[:#])PropertyValue$/.test(String(type))))
    .slice(0, mostFields)
    .map((field) => ({
      name: oneLine(textIn(field.name) ?? "").slice(0, longestName),
      html: sanitizeHtml((textIn(field.value) ?? "").slice(0, longestName * 4)),
    }))
    .filter((field) => field.name !== "" && field.html !== "");
}

/** The page for people among the addresses: the one said to be HTML, or else the first. */
function pageIn(url: Json | undefined): string | undefined {
  const page = objectsIn(url).find((link) => link.mediaType === "text/html");
  return uriIn(page) ?? uriIn(url);
}

function firstOf(map: Json | undefined): string | undefined {
  const [object] = objectsIn(map);
  return object && textIn(Object.values(object)[0]);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

function instantIn(value: Json | undefined): Temporal.Instant | undefined {
  const time = new Date(textIn(value) ?? "").getTime();
  return Number.isNaN(time) ? undefined : Temporal.Instant.fromEpochMilliseconds(time);
}
