/** What the two dialects of signed requests have in common. */

/** A request that says another server sent it. */
export interface SignedRequest {
  method: string;
  /** Path and query, as they were sent. */
  target: string;
  headers: Headers;
  /** Of a POST. */
  body?: Uint8Array<ArrayBuffer>;
  /** The address under which we are reached: scheme and host. */
  baseUrl: string;
}

export type Algorithm = "rsa" | "ed25519";

/** A signature that covers all that it has to, at a time that may be; whether it is genuine, its key will tell. */
export interface Claim {
  keyId: string;
  /** Undefined: whatever the key is for. */
  algorithm?: Algorithm;
  signature: Uint8Array<ArrayBuffer>;
  /** What may have been signed: some servers leave the query out. */
  texts: string[];
}

/** Milliseconds that a signature's clock may be off, either way. */
const window = 12 * 60 * 60 * 1000;

/** Whether something signed at this time (milliseconds) may come now. */
export function isTimely(time: number, now: Temporal.Instant): boolean {
  return Math.abs(time - now.epochMilliseconds) <= window;
}

/** Whether this time, in seconds, is over. */
export function hasExpired(seconds: number | undefined, now: Temporal.Instant): boolean {
  return seconds !== undefined && !(seconds * 1000 > now.epochMilliseconds);
}

/** Bytes written in base64; undefined where it is none. */
export function bytesIn(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.fromBase64(base64);
  } catch {
    return undefined;
  }
}

/** Whether this is the body's SHA-256. */
export async function isDigestOf(digest: Uint8Array, body: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const actual = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return digest.length === actual.length && actual.every((byte, index) => byte === digest[index]);
}
