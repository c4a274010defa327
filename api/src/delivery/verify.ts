import type { Call } from "../auth/access.ts";
import type { RemoteKey } from "../accounts/remote_key_store.ts";
import type { Ctx } from "../base/ctx.ts";
import { Unauthorized } from "../base/errors.ts";
import { sameHost, webUri } from "../base/loosely.ts";
import { rsaVerify } from "../base/rsa.ts";
import { cavageClaim } from "./cavage_claim.ts";
import { keyAnew, keyFor } from "./keys.ts";
import { messageClaims } from "./message_claims.ts";
import type { Claim, SignedRequest } from "./signed_request.ts";

/** This request as what may have been signed. */
export function signedRequest({ var: { ctx }, req }: Call, body?: Uint8Array<ArrayBuffer>): SignedRequest {
  const { method, headers, url } = req.raw;
  const target = url.slice(url.indexOf("/", url.indexOf("//") + 2));
  return { method, target, headers, body, baseUrl: ctx.config.baseUrl };
}

/** Whether it says that it is signed. */
export function isSigned({ headers }: Pick<SignedRequest, "headers">): boolean {
  return headers.has("signature") || headers.has("signature-input");
}

/**
 * The actor elsewhere that sent this request, as its signature proves. `address` is where it came from; where
 * `actorUri` says who it should be, keys of other hosts are not even asked for. Throws `Unauthorized`.
 */
export async function provenSender(
  ctx: Ctx,
  request: SignedRequest,
  address: string,
  actorUri?: string,
): Promise<string> {
  requireOurHost(request);
  const now = ctx.now();
  const claims = request.headers.has("signature-input")
    ? await messageClaims(request, now)
    : [await cavageClaim(request, now)];
  for (const claim of claims) {
    const id = webUri(claim.keyId);
    if (!id || (actorUri !== undefined && !sameHost(id, actorUri))) continue;
    const key = await keyFor(ctx, id, address);
    if (await isGenuine(claim, key)) return key.ownerUri;
    const fresh = await keyAnew(ctx, key, address);
    if (fresh && await isGenuine(claim, fresh)) return fresh.ownerUri;
  }
  throw new Unauthorized("The signature is not genuine");
}

/** What was signed for another server must not count here. */
function requireOurHost({ headers, baseUrl }: SignedRequest): void {
  const url = URL.parse(`${new URL(baseUrl).protocol}//${headers.get("host")}`);
  if (url?.href !== `${baseUrl}/`) throw new Unauthorized("This request is meant for another server");
}

async function isGenuine({ algorithm, signature, texts }: Claim, key: RemoteKey): Promise<boolean> {
  if (algorithm && algorithm !== key.algorithm) return false;
  const spki = Uint8Array.fromBase64(key.pem.replaceAll(/-----[^-]+-----|\s/g, ""));
  const verify = key.algorithm === "rsa" ? rsaVerify : ed25519Verify;
  for (const text of texts) {
    if (await verify(spki, new TextEncoder().encode(text), signature)) return true;
  }
  return false;
}

async function ed25519Verify(
  publicKey: Uint8Array<ArrayBuffer>,
  data: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const key = await crypto.subtle.importKey("spki", publicKey, "Ed25519", false, ["verify"]);
  return await crypto.subtle.verify("Ed25519", key, signature, data);
}
