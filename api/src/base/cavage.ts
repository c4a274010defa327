import type { Signer } from "./rsa.ts";

/** What is to be signed. */
export interface Outgoing {
  method: "GET" | "POST";
  url: URL;
  body?: Uint8Array<ArrayBuffer>;
  contentType?: string;
}

/** With whose key, by the URI under which others find it. */
export interface SigningKey {
  id: string;
  sign: Signer;
}

const encoder = new TextEncoder();

/**
 * The headers that prove who sends a request: HTTP Signatures as the fediverse speaks them
 * (draft-cavage-http-signatures-12, `rsa-sha256`), over target, host and date, and the digest of what is sent.
 */
export async function cavageHeaders(
  request: Outgoing,
  key: SigningKey,
  now: Temporal.Instant,
): Promise<Record<string, string>> {
  const date = new Date(now.epochMilliseconds).toUTCString();
  const signed: Record<string, string> = { host: request.url.host, date };
  if (request.body) signed.digest = await digestOf(request.body);
  if (request.contentType) signed["content-type"] = request.contentType;
  const target = `${request.method.toLowerCase()} ${request.url.pathname}${request.url.search}`;
  const lines = [
    `(request-target): ${target}`,
    ...Object.entries(signed).map(([name, value]) => `${name}: ${value}`),
  ];
  const signature = await key.sign(encoder.encode(lines.join("\n")));
  const names = ["(request-target)", ...Object.keys(signed)].join(" ");
  const { host: _, ...headers } = signed; // the connection says it
  return {
    ...headers,
    signature:
      `keyId="${key.id}",algorithm="rsa-sha256",headers="${names}",signature="${signature.toBase64()}"`,
  };
}

/** The `Digest` header of a body (RFC 3230, SHA-256). */
export async function digestOf(body: Uint8Array<ArrayBuffer>): Promise<string> {
  return `SHA-256=${new Uint8Array(await crypto.subtle.digest("SHA-256", body)).toBase64()}`;
}
