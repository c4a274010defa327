import type { Json, JsonObject } from "./activitystreams.ts";

/**
 * Reading what others send: anything may be a text, an object, a list of both, or missing. Whatever is not as it
 * should be counts as missing.
 */

/** Longer addresses are nobody's. */
const longestUri = 2_048;

/** As a list. Some send a list as an object: its first entry, and the others under the keys 0, 1, ... */
export function several(value: Json | undefined): Json[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.filter((one) => one !== null);
  return typeof value === "object" && Object.hasOwn(value, "0") ? unmerged(value) : [value];
}

function unmerged(object: JsonObject): Json[] {
  const [others, own] = [[] as Json[], {} as JsonObject];
  for (const [key, value] of Object.entries(object)) {
    if (!/^\d+$/.test(key)) own[key] = value;
    else if (value !== null && value !== undefined) others.push(value);
  }
  return Object.keys(own).length > 0 ? [own, ...others] : others;
}

/** The objects in it. */
export function objectsIn(value: Json | undefined): JsonObject[] {
  return several(value).filter((one): one is JsonObject => typeof one === "object" && !Array.isArray(one));
}

/** The first text in it, as far as it can be stored. */
export function textIn(value: Json | undefined): string | undefined {
  const text = several(value).find((one) => typeof one === "string");
  return text?.replaceAll("\0", "").toWellFormed();
}

/** The first web address in it, in its canonical spelling: as text, or as an object's `id` or `href`. */
export function uriIn(value: Json | undefined): string | undefined {
  for (const one of several(value)) {
    const uri = webUri(typeof one === "object" && one && !Array.isArray(one) ? one.id ?? one.href : one);
    if (uri) return uri;
  }
}

/** The web address that this is, in its canonical spelling. */
export function webUri(value: Json | undefined): string | undefined {
  if (typeof value !== "string" || value.length > longestUri) return undefined;
  const url = URL.parse(value);
  return url && /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.href : undefined;
}

/** Whether both live on one server, port and all. */
export function sameHost(one: string, other: string): boolean {
  return new URL(one).host === new URL(other).host;
}

/** For reading what is enclosed in an object: what is only named there is passed over. */
export const nothingFetched = {
  documentLoader: () => Promise.reject(new Error("Nothing is fetched here")),
  suppressError: true,
  crossOrigin: "trust",
} as const;
