import { createPublicKey, type KeyObject } from "node:crypto";
import { sameHost } from "../base/loosely.ts";
import type { ListedKey } from "./activity.ts";
import type { RemoteKey } from "./remote_key_store.ts";

/** A key as it is stored, without what the row says besides. */
export type UsableKey = Pick<RemoteKey, "id" | "algorithm" | "pem">;

/** Bits of RSA: smaller ones can be broken, larger ones are sent to keep us busy. */
const smallestRsa = 2_048;
const largestRsa = 8_192;

/**
 * Of the keys that an actor's document lists those that count: a key lives on its actor's host and names that
 * actor as its owner, for else one's own document could make a stranger's key speak for oneself, or for others.
 * What is no key that we can use is left out.
 */
export async function usableKeys(actorUri: string, listed: readonly ListedKey[]): Promise<UsableKey[]> {
  const own = listed.filter(({ id, owner }) => owner === actorUri && sameHost(id, actorUri));
  const keys = await Promise.all(own.map(usable));
  const byId = new Map(keys.flatMap((key) => key ? [[key.id, key] as const] : []));
  return [...byId.values()];
}

async function usable(listed: ListedKey): Promise<UsableKey | undefined> {
  try {
    const key = createPublicKey(listed.pem ?? await pemOf(listed.multibase ?? ""));
    const algorithm = algorithmOf(key);
    return algorithm &&
      { id: listed.id, algorithm, pem: key.export({ type: "spki", format: "pem" }) as string };
  } catch {
    return undefined; // no key, or of a kind that nobody here can read
  }
}

/** FEP-521a's spelling of keys. */
async function pemOf(multibase: string): Promise<string> {
  const { exportSpki, importMultibaseKey } = await import("@fedify/vocab-runtime");
  return await exportSpki(await importMultibaseKey(multibase));
}

function algorithmOf(key: KeyObject): UsableKey["algorithm"] | undefined {
  if (key.asymmetricKeyType === "ed25519") return "ed25519";
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  const isGood = modulusLength >= smallestRsa && modulusLength <= largestRsa && publicExponent < 2n ** 32n;
  return key.asymmetricKeyType === "rsa" && isGood ? "rsa" : undefined;
}
