import assert from "node:assert/strict";
import { hashToken, randomToken, sealer, timingSafeEqual } from "./secrets.ts";

const key = "a secret key of more than thirty-two characters";
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));

Deno.test("a token is 32 random bytes that need no escaping in a link", () => {
  const asked: number[] = [];
  const token = randomToken((bytes) => {
    asked.push(bytes);
    return new Uint8Array(bytes).fill(255);
  });
  assert.deepEqual(asked, [32]);
  assert.match(token, /^[A-Za-z0-9_-]{43}$/);
  assert.notEqual(randomToken(random), randomToken(random));
});

Deno.test("a stored hash is SHA-256 in base64url", () => {
  assert.equal(hashToken("abc"), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
});

Deno.test("secrets are compared whole", () => {
  assert.ok(timingSafeEqual("grüße", "grüße"));
  assert.ok(timingSafeEqual("", ""));
  for (const other of ["grüßd", "grüß", "grüße ", ""]) assert.ok(!timingSafeEqual("grüße", other), other);
});

Deno.test("what is sealed opens again, text and bytes, with the same SECRET_KEY after a restart", async () => {
  const sealed = await sealer(key).seal("the private key", "accounts.private_key:1");
  assert.equal(text(await sealer(key).open(sealed, "accounts.private_key:1")), "the private key");
  const bytes = random(1000);
  const { seal, open } = sealer(key);
  assert.deepEqual(await open(await seal(bytes, "x"), "x"), bytes);
  assert.deepEqual(await open(await seal("", "x"), "x"), new Uint8Array());
});

Deno.test("a sealed value shows nothing, not even that two are the same", async () => {
  const { seal } = sealer(key);
  const one = await seal("the private key", "x");
  assert.notDeepEqual(one, await seal("the private key", "x"));
  assert.ok(!text(one).includes("private"));
  assert.equal(one[0], 1, "begins with the version");
  assert.equal(one.length, 1 + 12 + "the private key".length + 16);
});

Deno.test("a sealed value opens under no other key, in no other row, and not when a single bit is changed", async () => {
  const { seal, open } = sealer(key);
  const sealed = await seal("the private key", "accounts.private_key:1");
  const refused = {
    message: /^Can't open accounts\.private_key:\d: was it sealed with another SECRET_KEY\?$/,
  };
  await assert.rejects(sealer(`${key}!`).open(sealed, "accounts.private_key:1"), refused);
  await assert.rejects(open(sealed, "accounts.private_key:2"), refused);
  for (const at of [0, 1, 12, 13, sealed.length - 1]) {
    const changed = sealed.slice();
    changed[at]! ^= 1;
    await assert.rejects(open(changed, "accounts.private_key:1"), refused, `byte ${at}`);
  }
  for (const length of [0, 1, 12, 13, 20]) {
    await assert.rejects(open(sealed.slice(0, length), "accounts.private_key:1"), refused, `${length} bytes`);
  }
});

Deno.test("a signature holds for one text, one purpose and one server", async () => {
  const { mac } = sealer(key);
  const signature = await mac("alice", "csrf");
  assert.match(signature, /^[A-Za-z0-9_-]{43}$/);
  assert.equal(sealer(key).mac("alice", "csrf"), signature);
  assert.notEqual(await mac("bob", "csrf"), signature);
  assert.notEqual(await mac("alice", "media"), signature);
  assert.notEqual(sealer(`${key}!`).mac("alice", "csrf"), signature);
});
