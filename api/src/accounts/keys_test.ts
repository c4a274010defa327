import assert from "node:assert/strict";
import { sql } from "kysely";
import { newWorld } from "../../test/world.ts";
import type { Db } from "../base/db.ts";
import { keysOf } from "./keys.ts";

Deno.test("an account has its keys once the worker has heard of it, and they stay the same", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await world.settle();
  assert.equal(await keysStored(world.ctx.db), 1);
  const keys = await keysOf(world.ctx, alice.account);
  assert.match(keys.rsaPublicPem, /^-----BEGIN PUBLIC KEY-----\n/);
  assert.match(keys.ed25519PublicMultibase, /^z6Mk/);
  assert.deepEqual(await keysOf(world.ctx, alice.account), keys);
});

Deno.test("whoever asks for an account's first keys at the same moment gets the same ones", async () => {
  await using world = await newWorld();
  const { account } = await world.person("alice");
  const [one, other] = await Promise.all([keysOf(world.ctx, account), keysOf(world.ctx, account)]);
  assert.deepEqual(one, other);
  assert.equal(await keysStored(world.ctx.db), 1);
});

Deno.test("what an account signs with its private keys is proven by its public ones", async () => {
  await using world = await newWorld();
  const { account } = await world.person("alice");
  const keys = await keysOf(world.ctx, account);
  const { importPem, importMultibaseKey } = await import("@fedify/vocab-runtime");
  const text = new TextEncoder().encode("hello");

  const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const rsaKey = await crypto.subtle.importKey("pkcs8", keys.rsaPrivate, rsa, false, ["sign"]);
  const byRsa = await crypto.subtle.sign(rsa, rsaKey, text);
  const rsaPublic = await importPem(keys.rsaPublicPem);
  assert.equal((rsaPublic.algorithm as RsaKeyAlgorithm).modulusLength, 2048);
  assert.ok(await crypto.subtle.verify(rsa, rsaPublic, byRsa, text));

  const edKey = await crypto.subtle.importKey("pkcs8", keys.ed25519Private, "Ed25519", false, ["sign"]);
  const byEd = await crypto.subtle.sign("Ed25519", edKey, text);
  assert.ok(
    await crypto.subtle.verify("Ed25519", await importMultibaseKey(keys.ed25519PublicMultibase), byEd, text),
  );
});

Deno.test("no private key lies open in the database, and another SECRET_KEY does not open it", async () => {
  await using world = await newWorld();
  const { account } = await world.person("alice");
  const keys = await keysOf(world.ctx, account);
  const { rows: [row] } = await sql<{ rsa: Uint8Array; ed25519: Uint8Array }>`
    select rsa_private_sealed as rsa, ed25519_private_sealed as ed25519 from account_keys`
    .execute(world.ctx.db);
  assert.ok(!holds(row!.rsa, keys.rsaPrivate.slice(30, 60)));
  assert.ok(!holds(row!.ed25519, keys.ed25519Private.slice(-32)));

  await using stranger = await newWorld({
    database: world.database,
    name: new URL(world.ctx.config.baseUrl).hostname,
    settings: { SECRET_KEY: "some other secret key, quite long enough" },
  });
  await assert.rejects(keysOf(stranger.ctx, account), /was it sealed with another SECRET_KEY/);
});

async function keysStored(db: Db): Promise<number> {
  const { rows } = await sql`select from account_keys`.execute(db);
  return rows.length;
}

function holds(bytes: Uint8Array, part: Uint8Array): boolean {
  return Array.from(bytes).join().includes(Array.from(part).join());
}
