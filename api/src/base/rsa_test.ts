import assert from "node:assert/strict";
import { createPublicKey, createVerify, generateKeyPairSync } from "node:crypto";
import { openSsl } from "./openssl.ts";
import { rsaSigner, rsaVerify, webCryptoSigner, webCryptoVerify } from "./rsa.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "der" },
});
const key = new Uint8Array(privateKey);

Deno.test("signatures are the same by OpenSSL and by Deno, and verify", async () => {
  const bySystem = await rsaSigner(key);
  const byDeno = await webCryptoSigner(key);
  for (const text of ["", "a", "(request-target): post /inbox\nhost: riff.test", "x".repeat(100_000)]) {
    const data = new TextEncoder().encode(text);
    const signature = await bySystem(data);
    assert.deepEqual(signature, await byDeno(data));
    assert.ok(createVerify("RSA-SHA256").update(data).verify(publicKey, signature));
  }
});

Deno.test("OpenSSL and Deno agree on which signatures are good", async () => {
  const spki = new Uint8Array(createPublicKey(publicKey).export({ type: "spki", format: "der" }));
  const data = new TextEncoder().encode("(request-target): post /inbox");
  const good = await (await rsaSigner(key))(data);
  const cases: [string, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, boolean][] = [
    ["its own", data, good, true],
    ["of another text", new TextEncoder().encode("(request-target): get /inbox"), good, false],
    ["one bit changed", data, good.with(7, good[7]! ^ 1), false],
    ["cut short", data, good.slice(1), false],
    ["too long", data, new Uint8Array([...good, 0]), false],
    ["nothing", data, new Uint8Array(), false],
  ];
  for (const [what, text, signature, isGood] of cases) {
    assert.equal(await rsaVerify(spki, text, signature), isGood, what);
    assert.equal(await webCryptoVerify(spki, text, signature), isGood, what);
  }
  const { publicKey: curve } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const notRsa = new Uint8Array(curve.export({ type: "spki", format: "der" }));
  await assert.rejects(rsaVerify(notRsa, data, good));
  await assert.rejects(webCryptoVerify(notRsa, data, good));
});

Deno.test("what is no key is refused, whoever reads it", async () => {
  const nonsense = new TextEncoder().encode("no key at all");
  await assert.rejects(async () => await webCryptoSigner(nonsense));
  if (openSsl()) assert.throws(() => openSsl()!.signer(nonsense));
});
