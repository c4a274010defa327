import assert from "node:assert/strict";
import { Unauthorized } from "../base/errors.ts";
import { rsaVerify } from "../base/rsa.ts";
import { cavageClaim, cavageText } from "./cavage_claim.ts";
import { messageClaims } from "./message_claims.ts";
import type { SignedRequest } from "./signed_request.ts";

/** The vectors that the two specifications print, and which of them we would take. */

const bytes = (text: string) => new TextEncoder().encode(text);
const body = bytes('{"hello": "world"}');

/** draft-cavage-http-signatures-12, appendix C. */
const cavageKey = Uint8Array.fromBase64(
  "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C36rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2" +
    "qsBe/2hFyc2DCJJg0h1L78+6Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJwoYi+1hqp1fIekaxs" +
    "yQIDAQAB",
);
const cavageRequest: SignedRequest = {
  method: "POST",
  target: "/foo?param=value&pet=dog",
  baseUrl: "https://example.com",
  headers: new Headers({
    host: "example.com",
    date: "Sun, 05 Jan 2014 21:31:40 GMT",
    "content-type": "application/json",
    digest: "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
    "content-length": "18",
  }),
  body,
};
const cavageVectors = [
  {
    name: "C.1",
    headers: undefined,
    signature:
      "SjWJWbWN7i0wzBvtPl8rbASWz5xQW6mcJmn+ibttBqtifLN7Sazz6m79cNfwwb8DMJ5cou1s7uEGKKCs+FLEEaDV5lp7q25WqS+lavg7" +
      "T8hc0GppauB6hbgEKTwblDHYGEtbGmtdHgVCk9SuS13F0hZ8FD0k/5OxEPXe5WozsbM=",
  },
  {
    name: "C.2",
    headers: "(request-target) host date",
    signature:
      "qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqzi" +
      "c+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0=",
  },
  {
    name: "C.3",
    headers: "(request-target) host date content-type digest content-length",
    signature:
      "vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+" +
      "TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE=",
  },
];
const then = Temporal.Instant.from("2014-01-05T22:00:00Z");

function cavageSigned({ headers, signature }: typeof cavageVectors[number]): SignedRequest {
  const covered = headers ? `,headers="${headers}"` : "";
  const sent = new Headers(cavageRequest.headers);
  sent.set("signature", `keyId="Test",algorithm="rsa-sha256"${covered},signature="${signature}"`);
  return { ...cavageRequest, headers: sent };
}

Deno.test("draft-cavage appendix C: each signature is genuine over the text that we make of its request", async () => {
  for (const { name, headers = "date", signature } of cavageVectors) {
    const text = cavageText(cavageRequest, cavageRequest.target, headers.split(" "));
    assert.ok(await rsaVerify(cavageKey, bytes(text), Uint8Array.fromBase64(signature)), name);
  }
});

Deno.test("draft-cavage appendix C: only C.3 covers all that we ask for, at its time, and is taken whole", async () => {
  const [dateOnly, withoutDigest, whole] = cavageVectors.map(cavageSigned) as [
    SignedRequest,
    SignedRequest,
    SignedRequest,
  ];
  await refused(cavageClaim(dateOnly, then), /does not cover \(request-target\), host, digest/);
  await refused(cavageClaim(withoutDigest, then), /does not cover digest/);
  const claim = await cavageClaim(whole, then);
  assert.equal(claim.keyId, "Test");
  assert.ok(await rsaVerify(cavageKey, bytes(claim.texts[0]!), claim.signature));
  await refused(cavageClaim(whole, then.add({ hours: 24 })), /not from today/);
  await refused(cavageClaim({ ...whole, body: bytes("{}") }, then), /digest is not the body's/);
});

/** RFC 9421, appendix B.1.4. */
const ed25519 = await crypto.subtle.importKey(
  "jwk",
  { kty: "OKP", crv: "Ed25519", x: "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs" },
  "Ed25519",
  true,
  ["verify"],
);
/** Appendix B.2's request, and when it was signed. */
const messageRequest: SignedRequest = {
  method: "POST",
  target: "/foo?param=Value&Pet=dog",
  baseUrl: "https://example.com",
  headers: new Headers({
    host: "example.com",
    date: "Tue, 20 Apr 2021 02:07:55 GMT",
    "content-type": "application/json",
    "content-length": "18",
    "content-digest":
      "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:",
  }),
  body,
};
const signedAt = Temporal.Instant.fromEpochMilliseconds(1_618_884_473_000);

/** Without a body there is nothing that a digest would have to cover: so their own coverage is put to the test. */
const withoutBody = { ...messageRequest, target: "/foo", body: undefined };

Deno.test("RFC 9421 B.2.6: an Ed25519 signature is genuine over the base that we make of its request", async () => {
  const claims = await messageClaims(
    messageSigned(
      withoutBody,
      `sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"`,
      "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
    ),
    signedAt,
  );
  assert.equal(claims[0]!.keyId, "test-key-ed25519");
  assert.ok(
    await crypto.subtle.verify("Ed25519", ed25519, claims[0]!.signature, bytes(claims[0]!.texts[0]!)),
  );
});

Deno.test("RFC 9421 B.2.6 as it was sent is refused: it covers neither the query nor the body", async () => {
  const sent = messageSigned(
    messageRequest,
    `sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"`,
    "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
  );
  await refused(messageClaims(sent, signedAt), /does not cover @target-uri, content-digest/);
});

Deno.test("RFC 9421 B.4: a signature survives what proxies do to headers, and nothing else", async () => {
  const headers = new Headers({ host: "example.org" });
  headers.append("accept", "application/json");
  headers.append("accept", "*/*");
  const request = { method: "GET", target: "/demo", baseUrl: "https://example.org", headers };
  const input =
    `transform=("@method" "@path" "@authority" "accept");created=1618884473;keyid="test-key-ed25519"`;
  const signature =
    "transform=:ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==:";
  const isGenuine = async (request: SignedRequest) => {
    const [claim] = await messageClaims(messageSigned(request, input, signature), signedAt);
    return await crypto.subtle.verify("Ed25519", ed25519, claim!.signature, bytes(claim!.texts[0]!));
  };
  assert.ok(await isGenuine(request));
  assert.ok(!await isGenuine({ ...request, method: "POST" }));
  assert.ok(!await isGenuine({ ...request, baseUrl: "https://example.com" }));
  assert.ok(!await isGenuine({ ...request, headers: new Headers({ accept: "*/*, application/json" }) }));
});

Deno.test("RFC 9421: signatures of kinds that nobody in the fediverse uses are refused by name", async () => {
  for (const kind of ["rsa-pss-sha512", "ecdsa-p256-sha256", "hmac-sha256", "none", "toString"]) {
    const sent = messageSigned(
      withoutBody,
      `sig1=("@method" "@target-uri");created=1618884473;keyid="key";alg="${kind}"`,
      "sig1=:AAAA:",
    );
    await refused(messageClaims(sent, signedAt), new RegExp(`can't verify signatures by ${kind}`));
  }
});

Deno.test("RFC 9421: what can't be told from this request alone can't be covered", async () => {
  const components = [
    '"date";sf',
    '"date";bs',
    '"date";req',
    '"@query-param";name="Pet"',
    '"@status"',
    '"x-none"',
  ];
  for (const component of components) {
    const input = `sig1=("@method" "@target-uri" ${component});created=1618884473;keyid="key"`;
    await refused(
      messageClaims(messageSigned(withoutBody, input, "sig1=:AAAA:"), signedAt),
      /can't verify|not sent/,
    );
  }
});

Deno.test("whatever else stands in signature headers is malformed, and no more than that", async () => {
  const headers = [
    "",
    "x",
    "keyId=",
    'keyId="a"',
    'keyId="a",signature="%%"',
    'keyId="a",keyId="b",signature="AA=="',
  ];
  for (const header of headers) {
    const sent = new Headers(cavageRequest.headers);
    sent.set("signature", header);
    await refused(cavageClaim({ ...cavageRequest, headers: sent }, then), /malformed|twice/);
  }
  const inputs = [
    "",
    "sig1",
    "sig1=?1",
    "sig1=()",
    "sig1=(5)",
    'sig1=(("a"))',

    'sig1="x"',
    "=",
    "sig1=(",
  ];
  for (const input of inputs) {
    const sent = new Headers(withoutBody.headers);
    sent.set("signature", "sig1=:AAAA:");
    sent.set("signature-input", input);
    await refused(messageClaims({ ...withoutBody, headers: sent }, signedAt), /malformed|names no key/);
  }
});

function messageSigned(request: SignedRequest, input: string, signature: string): SignedRequest {
  const headers = new Headers(request.headers);
  headers.set("signature-input", input);
  headers.set("signature", signature);
  return { ...request, headers };
}

async function refused(claim: Promise<unknown>, why: RegExp): Promise<void> {
  await assert.rejects(claim, (error) => {
    assert.ok(error instanceof Unauthorized, String(error));
    assert.match(error.message, why);
    return true;
  });
}
