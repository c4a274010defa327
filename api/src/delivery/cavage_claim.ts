import { Unauthorized } from "../base/errors.ts";
import { type Algorithm, bytesIn, type Claim, hasExpired, isDigestOf, isTimely } from "./signed_request.ts";
import type { SignedRequest } from "./signed_request.ts";

/**
 * HTTP Signatures as the fediverse speaks them: draft-cavage-http-signatures-12, in a `Signature` header. What
 * is sent must be covered: target, host and date, and of what is posted the digest. Base/cavage.ts makes them.
 */

const algorithms: Record<string, Algorithm | undefined> = {
  "rsa-sha256": "rsa",
  ed25519: "ed25519",
  hs2019: undefined, // "as the key says"
};

/** The claim in this request's `Signature` header. Throws `Unauthorized`, which says what is wrong with it. */
export async function cavageClaim(request: SignedRequest, now: Temporal.Instant): Promise<Claim> {
  const parameters = parametersIn(request.headers.get("signature") ?? "");
  const { keyId, headers = "date", signature, algorithm = "hs2019" } = parameters;
  const bytes = bytesIn(signature ?? "");
  if (!keyId || !bytes?.length) throw new Unauthorized("The signature is malformed");
  if (!Object.hasOwn(algorithms, algorithm.toLowerCase())) {
    throw new Unauthorized(`We can't verify signatures by ${algorithm}`);
  }
  const covered = headers.toLowerCase().split(/\s+/);
  requireCovered(
    covered,
    request.body ? ["(request-target)", "host", "date", "digest"] : [
      "(request-target)",
      "host",
      "date",
    ],
  );
  requireTimely(request, parameters, now);
  if (request.body) await requireDigest(request.headers.get("digest"), request.body);
  return {
    keyId,
    algorithm: algorithms[algorithm.toLowerCase()],
    signature: bytes,
    texts: targetsOf(request).map((target) => cavageText(request, target, covered, parameters)),
  };
}

type Parameters = Partial<Record<string, string>>;

function parametersIn(header: string): Parameters {
  const parameters: Parameters = {};
  for (const [, name = "", text, number] of header.matchAll(/(\w+)=(?:"([^"]*)"|(\d+))/g)) {
    if (name in parameters) throw new Unauthorized("The signature says something twice");
    parameters[name] = text ?? number;
  }
  return parameters;
}

function requireCovered(covered: string[], needed: string[]): void {
  const missing = needed.filter((name) => !covered.includes(name));
  if (missing.length > 0) throw new Unauthorized(`The signature does not cover ${missing.join(", ")}`);
}

function requireTimely(
  { headers }: SignedRequest,
  { created, expires }: Parameters,
  now: Temporal.Instant,
): void {
  const date = new Date(headers.get("date") ?? "").getTime();
  if (!isTimely(date, now) || (created !== undefined && !isTimely(Number(created) * 1000, now))) {
    throw new Unauthorized("The signature is not from today, or our clocks differ");
  }
  if (expires !== undefined && hasExpired(Number(expires), now)) {
    throw new Unauthorized("The signature has expired");
  }
}

/** RFC 3230: `SHA-256=BASE64`, among others perhaps. */
async function requireDigest(header: string | null, body: Uint8Array<ArrayBuffer>): Promise<void> {
  const [, sha256] = header?.match(/(?:^|,)\s*sha-256=([^,\s]+)/i) ?? [];
  const digest = sha256 === undefined ? undefined : bytesIn(sha256);
  if (!digest || !await isDigestOf(digest, body)) {
    throw new Unauthorized("The digest is not the body's SHA-256");
  }
}

/** With the query and without: some sign one, some the other. */
function targetsOf({ target }: SignedRequest): string[] {
  const path = target.split("?")[0]!;
  return path === target ? [target] : [target, path];
}

/** The text that is signed (section 2.3 of the draft). Throws `Unauthorized` where it names what is not there. */
export function cavageText(
  { method, headers }: Pick<SignedRequest, "method" | "headers">,
  target: string,
  covered: readonly string[],
  { created, expires }: Parameters = {},
): string {
  const special: Parameters = {
    "(request-target)": `${method.toLowerCase()} ${target}`,
    "(created)": created,
    "(expires)": expires,
  };
  return covered.map((name) => {
    const value = name.startsWith("(") ? special[name] : headers.get(name);
    if (value === null || value === undefined) {
      throw new Unauthorized("The signature covers what was not sent");
    }
    return `${name}: ${value}`;
  }).join("\n");
}
