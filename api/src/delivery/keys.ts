import { type ListedKey, readActor, readKey } from "../accounts/activity.ts";
import { fetchDocument } from "../accounts/fetch_document.ts";
import { knownKey, type RemoteKey, replaceKeys, takeAsking } from "../accounts/remote_key_store.ts";
import { type UsableKey, usableKeys } from "../accounts/remote_keys.ts";
import type { JsonObject } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Unauthorized } from "../base/errors.ts";
import { FetchFailed } from "../base/fetched.ts";
import { gate } from "../base/gate.ts";
import { type Limit, spendOrRefuse } from "../base/limits.ts";
import { sameHost } from "../base/loosely.ts";
import { together } from "../base/together.ts";

/**
 * Keys of actors elsewhere. A key is asked for at most once in ten minutes, whatever comes of it, so that bad
 * signatures cost little; and each address, and each host, makes us ask only so often.
 */

const pause = { minutes: 10 };
const perAddress: Limit = { name: "keys asked by", most: 300, seconds: 300 };
const perHost: Limit = { name: "keys asked of", most: 300, seconds: 300 };

/** Requests that wait for keys hold their bodies in memory. */
const fewAtOnce = gate(64, 400);

/**
 * The key of that id: stored, or else asked for at its origin. `address` is whoever makes us ask. Throws
 * `Unauthorized` where it can't be had, or is not the key of whom it says.
 */
export async function keyFor(ctx: Ctx, id: string, address: string): Promise<RemoteKey> {
  const { key, askedAt } = await knownKey(ctx.db, id);
  if (key) return key;
  return await together(ctx, `key ${id}`, async () => {
    if (askedAt && !isLongAgo(ctx, askedAt)) throw unavailable();
    return await askFor(ctx, id, address);
  });
}

/** The same key as it is now, where that may have changed: some give their actors new keys under old ids. */
export async function keyAnew(ctx: Ctx, key: RemoteKey, address: string): Promise<RemoteKey | undefined> {
  if (!isLongAgo(ctx, key.fetchedAt)) return undefined;
  const fresh = await together(ctx, `key ${key.id}`, () => askFor(ctx, key.id, address));
  return fresh.pem === key.pem ? undefined : fresh;
}

function isLongAgo(ctx: Ctx, at: Temporal.Instant): boolean {
  return Temporal.Instant.compare(at, ctx.now().subtract(pause)) < 0;
}

async function askFor(ctx: Ctx, id: string, address: string): Promise<RemoteKey> {
  await spendOrRefuse(ctx, perAddress, address);
  await spendOrRefuse(ctx, perHost, new URL(id).host);
  const at = ctx.now();
  if (!await takeAsking(ctx.db, id, at, at.subtract(pause))) throw unavailable();
  try {
    const { ownerUri, keys, key } = await fewAtOnce(() => fetchKey(ctx, id));
    await transaction(ctx, ({ db }) => replaceKeys(db, ownerUri, keys, at));
    return { ...key, ownerUri, fetchedAt: at };
  } catch (error) {
    if (error instanceof FetchFailed) throw new Unauthorized(`This key can't be had: ${error.message}`);
    throw error;
  }
}

function unavailable(): Unauthorized {
  return new Unauthorized("This key could not be had a moment ago");
}

/** The key with its owner, and the owner's other keys. It counts only if its owner's document lists it. */
async function fetchKey(ctx: Ctx, id: string) {
  const document = await fetchDocument(ctx, id);
  const lone = readKey(document);
  const isLone = lone?.pem !== undefined || lone?.multibase !== undefined;
  const actor = readActor(isLone ? await ownerOf(ctx, lone) : document);
  if (!actor) throw new FetchFailed("unreadable", "it is nobody's");
  const listed = isLone && actor.keyIds.includes(id) ? [...actor.keys, lone] : actor.keys;
  const keys = await usableKeys(actor.uri, listed);
  const key = keys.find((one) => one.id === id) ?? keyUnderActor(keys, actor.uri, id);
  if (!key) throw new FetchFailed("unreadable", "its owner does not list it");
  return { ownerUri: actor.uri, keys: [...keys.filter((one) => one !== key), key], key };
}

async function ownerOf(ctx: Ctx, { id, owner }: ListedKey): Promise<JsonObject> {
  if (!owner || !sameHost(id, owner)) throw new FetchFailed("unreadable", "its owner lives elsewhere");
  return await fetchDocument(ctx, owner);
}

/** Some sign with their actor's id for a key's: there is one RSA key then, and it is meant. */
function keyUnderActor(keys: UsableKey[], actorUri: string, id: string): UsableKey | undefined {
  const meant = id === actorUri ? keys.find((key) => key.algorithm === "rsa") : undefined;
  return meant && { ...meant, id };
}
