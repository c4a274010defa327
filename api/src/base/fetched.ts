/** What came of asking another server. */

export interface Fetched {
  /** Where the answer came from in the end. */
  url: string;
  status: number;
  /** As sent, without `content-encoding` and `content-length` where the body was inflated. */
  headers: Headers;
  body: Uint8Array<ArrayBuffer>;
}

/**
 * - `bad_url`: nothing that we would ever ask: no http(s) URL, or with a password in it
 * - `forbidden`: leads to an address or a scheme that strangers may not send us to
 * - `dns`: the host name has no address
 * - `network`: refused, broken off, no TLS with a good certificate, no HTTP
 * - `timeout`: not done in time
 * - `too_large`, `too_many_redirects`: more than we take
 * - `refused`: answered, but not with what was asked for; `status` says how
 * - `unreadable`: whole, but not what it claims to be: broken compression, no JSON, nested too deep
 */
export type FailureKind =
  | "bad_url"
  | "forbidden"
  | "dns"
  | "network"
  | "timeout"
  | "too_large"
  | "too_many_redirects"
  | "refused"
  | "unreadable";

/** Those may be gone tomorrow; asking again is worth while. */
const passing: readonly FailureKind[] = ["dns", "network", "timeout"];

/** Its own fault, or too much asked: not its last word. */
function isPassing(status = 0): boolean {
  return status >= 500 || status === 408 || status === 429;
}

/**
 * Another server gave no answer that we can use. The message names the host at most, never a path, a query or
 * a header, so that it may be logged and shown.
 */
export class FetchFailed extends Error {
  override name = "FetchFailed";
  /** Whether asking again later would bring nothing else. */
  readonly permanent: boolean;

  /** What the other server answered, where it refused. */
  readonly status?: number;

  constructor(readonly kind: FailureKind, message: string, options?: ErrorOptions & { status?: number }) {
    super(message, options);
    this.status = options?.status;
    this.permanent = !passing.includes(kind) && !(kind === "refused" && isPassing(this.status));
  }
}

/**
 * The JSON in a body: UTF-8, nested at most `maxDepth` deep, so that nobody recurses into the ground, and
 * without `__proto__` keys, which turn into prototypes when an object is copied. Throws `FetchFailed`.
 */
export function readJson(fetched: Pick<Fetched, "body">, maxDepth = 32): unknown {
  const value = parse(fetched.body);
  tame(value, maxDepth);
  return value;
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    // What the parser says quotes the body: not for logs.
    throw new FetchFailed("unreadable", "This is not JSON");
  }
}

function tame(value: unknown, depth: number): void {
  if (typeof value !== "object" || value === null) return;
  if (depth === 0) throw new FetchFailed("unreadable", "This JSON is nested too deep");
  if (Object.hasOwn(value, "__proto__")) delete (value as { __proto__?: unknown }).__proto__;
  for (const child of Object.values(value)) tame(child, depth - 1);
}
