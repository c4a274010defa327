import { decodeDict, encodeItem, Item } from "structured-field-values";
import { Unauthorized } from "../base/errors.ts";
import { type Algorithm, type Claim, hasExpired, isDigestOf, isTimely } from "./signed_request.ts";
import type { SignedRequest } from "./signed_request.ts";

/**
 * HTTP Message Signatures: RFC 9421, in `Signature-Input` and `Signature`. A request may carry several. One that
 * counts covers the method and the whole target, and of what is posted a `content-digest` (RFC 9530) by SHA-256.
 */

const algorithms: Record<string, Algorithm> = { "rsa-v1_5-sha256": "rsa", ed25519: "ed25519" };

/** Signatures that are looked at: proxies may add theirs, but nobody needs more. */
const most = 3;

/** One member of `Signature-Input`, as the library reads it. */
interface Input {
  value: { value: string; params: Parameters }[];
  params: Parameters;
}
type Parameters = Record<string, unknown> | null | undefined;

/** The claims of this request that are good as far as they go. Throws `Unauthorized` where there is none. */
export async function messageClaims(request: SignedRequest, now: Temporal.Instant): Promise<Claim[]> {
  const inputs = dictionary(request.headers.get("signature-input"));
  const signatures = dictionary(request.headers.get("signature"));
  const claims: Claim[] = [];
  let complaint = new Unauthorized("The signature is malformed");
  for (const [label, input] of Object.entries(inputs).slice(0, most)) {
    const signature = signatures[label]?.value;
    if (!isInput(input) || !(signature instanceof Uint8Array)) continue;
    try {
      claims.push(await claimOf(request, input, new Uint8Array(signature), now));
    } catch (error) {
      if (!(error instanceof Unauthorized)) throw error;
      complaint = error;
    }
  }
  if (claims.length === 0) throw complaint;
  return claims;
}

async function claimOf(
  request: SignedRequest,
  input: Input,
  signature: Uint8Array<ArrayBuffer>,
  now: Temporal.Instant,
): Promise<Claim> {
  const { keyid, alg, created, expires } = input.params ?? {};
  if (typeof keyid !== "string") throw new Unauthorized("The signature names no key");
  if (alg !== undefined && !Object.hasOwn(algorithms, String(alg))) {
    throw new Unauthorized(`We can't verify signatures by ${alg}`);
  }
  requireCovered(input, request);
  if (typeof created !== "number" || !isTimely(created * 1000, now)) {
    throw new Unauthorized("The signature is not from today, or our clocks differ");
  }
  if (expires !== undefined && (typeof expires !== "number" || hasExpired(expires, now))) {
    throw new Unauthorized("The signature has expired");
  }
  if (request.body) await requireDigest(request.headers.get("content-digest"), request.body);
  const algorithm = alg === undefined ? undefined : algorithms[String(alg)];
  return { keyId: keyid, algorithm, signature, texts: [messageText(request, input)] };
}

/** The target is covered as a whole or by all of its parts. */
function requireCovered({ value }: Input, { target, body }: SignedRequest): void {
  const names = new Set(value.map((component) => component.value));
  const hasParts = names.has("@authority") && (names.has("@request-target") ||
    (names.has("@path") && (names.has("@query") || !target.includes("?"))));
  const missing = [
    ...(names.has("@method") ? [] : ["@method"]),
    ...(names.has("@target-uri") || hasParts ? [] : ["@target-uri"]),
    ...(!body || names.has("content-digest") ? [] : ["content-digest"]),
  ];
  if (missing.length > 0) throw new Unauthorized(`The signature does not cover ${missing.join(", ")}`);
}

async function requireDigest(header: string | null, body: Uint8Array<ArrayBuffer>): Promise<void> {
  const digest = dictionary(header)["sha-256"]?.value;
  if (!(digest instanceof Uint8Array) || !await isDigestOf(digest, body)) {
    throw new Unauthorized("The content-digest is not the body's SHA-256");
  }
}

/** The signature base (section 2.5). Throws `Unauthorized` where it names what we can't tell. */
export function messageText(request: SignedRequest, input: Input): string {
  const names = input.value.map(({ value, params }) => encodeItem(new Item(value, params)));
  const lines = input.value.map((component, index) => `${names[index]}: ${valueOf(request, component)}`);
  const parameters = encodeItem(new Item(0, input.params)).slice(1);
  return [...lines, `"@signature-params": (${names.join(" ")})${parameters}`].join("\n");
}

function valueOf(request: SignedRequest, { value: name, params }: Input["value"][number]): string {
  // Each parameter would mean another value: of a part, of an earlier message, or in another encoding.
  if (Object.keys(params ?? {}).length > 0) throw new Unauthorized(`We can't verify what ${name} is there`);
  const value = name.startsWith("@") ? derived(request, name) : request.headers.get(name);
  if (value === null || value === undefined) throw new Unauthorized("The signature covers what was not sent");
  return value;
}

/** Section 2.2. */
function derived({ method, target, baseUrl }: SignedRequest, name: string): string | undefined {
  const { host, protocol } = new URL(baseUrl);
  const [path = "", query] = splitAt(target, "?");
  switch (name) {
    case "@method":
      return method;
    case "@target-uri":
      return baseUrl + target;
    case "@authority":
      return host;
    case "@scheme":
      return protocol.slice(0, -1);
    case "@request-target":
      return target;
    case "@path":
      return path;
    case "@query":
      return `?${query ?? ""}`;
  }
}

function splitAt(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function dictionary(header: string | null): Record<string, Member> {
  if (header === null) return {};
  try {
    return decodeDict(header) as Record<string, Member>;
  } catch {
    throw new Unauthorized("The signature is malformed");
  }
}

interface Member {
  value: unknown;
  params: Parameters;
}

function isInput(member: Member): member is Input {
  return Array.isArray(member.value) && member.value.every((one) => typeof one?.value === "string");
}
