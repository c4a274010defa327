import assert from "node:assert/strict";
import { documentAnswer, newElsewhere, post } from "../../test/elsewhere.ts";
import { nextRsaPair } from "../../test/rsa_pairs.ts";
import { cavageSigned, type Signing } from "../../test/signing.ts";
import { newWorld, type World } from "../../test/world.ts";
import { rsaSigner } from "../base/rsa.ts";
import type { Stranger } from "../../test/elsewhere.ts";

/** Whose key a key is, where it is looked for, and how often. */

async function status(world: World, who: Stranger, signing: Signing = {}): Promise<number> {
  return (await post(world, await cavageSigned(world, who, signing))).status;
}

async function keysKnown(world: World): Promise<string[]> {
  const { rows } = await world.pool.query("select key_id from remote_keys order by 1");
  return rows.map((row) => row.key_id);
}

const publicKeyOf = (who: Stranger) =>
  who.document.publicKey as { id: string; owner: string; publicKeyPem: string };

Deno.test("a key is asked for once, and known from then on", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  const all = await Promise.all(Array.from({ length: 5 }, () => status(world, rimu)));
  assert.deepEqual(all, [202, 202, 202, 202, 202]);
  assert.equal(await status(world, rimu), 202);
  assert.deepEqual(elsewhere.asked, ["GET /users/rimu"]);
  assert.deepEqual(await keysKnown(world), [rimu.key.id]);
});

Deno.test("a request costs three statements, once its key is known: to find that, to store it, to tell of it", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  await status(world, rimu);
  assert.equal(await world.countQueries(() => status(world, rimu)), 3);
});

Deno.test("a key that lives on another host than its actor is not even asked for", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  await using evil = newElsewhere("evil.test");
  const rimu = await elsewhere.person("rimu");
  const mallory = await evil.person("mallory");
  const activity = rimu.does("Like", "https://nowhere.test/1");
  assert.equal(await status(world, mallory, { activity }), 401);
  assert.deepEqual([elsewhere.asked, evil.asked], [[], []]);
});

Deno.test("a key whose owner is somebody else does not count, not even for that one", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  const mallory = await elsewhere.person("mallory");
  for (const owner of [rimu.uri, "https://far.test/users/rimu", undefined]) {
    mallory.document.publicKey = { ...publicKeyOf(mallory), owner };
    assert.equal(await status(world, mallory), 401);
    assert.equal(
      await status(world, mallory, { activity: rimu.does("Like", "https://nowhere.test/1") }),
      401,
    );
    world.pass({ minutes: 11 });
  }
  assert.deepEqual(await keysKnown(world), []);
});

Deno.test("a key that its actor does not list does not count, whatever the key's own document says", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  const mallory = await elsewhere.person("mallory");
  const keyId = `${elsewhere.url}/uploads/key.json`;
  const { publicKeyPem } = publicKeyOf(mallory);
  elsewhere.serve("/uploads/key.json", {
    id: keyId,
    type: "CryptographicKey",
    owner: rimu.uri,
    publicKeyPem,
  });
  const signing = { keyId, activity: rimu.does("Like", "https://nowhere.test/1"), sign: mallory.key.sign };
  assert.equal(await status(world, rimu, signing), 401);
  assert.deepEqual(await keysKnown(world), []);
});

Deno.test("a key with a document of its own counts where its owner lists it, by name or in full", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  for (const listed of ["by name", "in full"]) {
    const rimu = await elsewhere.person(listed.replace(" ", "_"));
    const keyId = `${rimu.uri}/main-key`;
    const key = {
      id: keyId,
      type: "CryptographicKey",
      owner: rimu.uri,
      publicKeyPem: publicKeyOf(rimu).publicKeyPem,
    };
    elsewhere.serve(new URL(keyId).pathname, key);
    rimu.document.publicKey = listed === "by name" ? keyId : key;
    assert.equal(await status(world, rimu, { keyId }), 202, listed);
  }
});

Deno.test("GoToSocial's keys are found: their path answers with a stub of the actor", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  const keyId = `${rimu.uri}/main-key`;
  rimu.document.publicKey = { ...publicKeyOf(rimu), id: keyId };
  elsewhere.serve("/users/rimu/main-key", { ...rimu.document, inbox: undefined });
  assert.equal(await status(world, rimu, { keyId }), 202);
});

Deno.test("the actor's own id names its key, where a server signs so", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  assert.equal(await status(world, rimu, { keyId: rimu.uri }), 202);
});

Deno.test("of several keys each is good, and what is no key beside them does no harm", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  const { publicPem: pem, privateKey } = await nextRsaPair();
  const second = { id: `${rimu.uri}#second`, owner: rimu.uri, publicKeyPem: pem };
  rimu.document.publicKey = [
    null,
    5,
    {
      id: `${rimu.uri}#broken`,
      owner: rimu.uri,
      publicKeyPem: "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
    },
    publicKeyOf(rimu),
    second,
  ];
  rimu.document.assertionMethod = [{
    id: `${rimu.uri}#new`,
    controller: rimu.uri,
    publicKeyMultibase: "zUnknown",
  }];
  assert.equal(await status(world, rimu), 202);
  assert.equal(await status(world, rimu, { keyId: second.id, sign: await rsaSigner(privateKey) }), 202);
  assert.equal(await status(world, rimu, { keyId: second.id }), 401);
  assert.deepEqual(elsewhere.asked, ["GET /users/rimu"]);
});

Deno.test("keys that are too weak, or made to keep us busy, don't count", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const { generateKeyPairSync } = await import("node:crypto");
  for (const [name, modulusLength] of [["weak", 1024], ["small", 512]] as const) {
    const rimu = await elsewhere.person(name);
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength });
    const pem = publicKey.export({ type: "spki", format: "pem" }) as string;
    rimu.document.publicKey = { ...publicKeyOf(rimu), publicKeyPem: pem };
    const sign = await rsaSigner(new Uint8Array(privateKey.export({ type: "pkcs8", format: "der" })));
    assert.equal(await status(world, rimu, { sign }), 401, name);
  }
});

Deno.test("bad signatures cost one request for the key in ten minutes, however many they are", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  const stranger = await elsewhere.person("stranger");
  const forged = { sign: stranger.key.sign };
  for (let count = 0; count < 3; count++) assert.equal(await status(world, rimu, forged), 401);
  assert.deepEqual(elsewhere.asked, ["GET /users/rimu"]);
  world.pass({ minutes: 11 });
  for (let count = 0; count < 3; count++) assert.equal(await status(world, rimu, forged), 401);
  assert.deepEqual(elsewhere.asked, ["GET /users/rimu", "GET /users/rimu"]);
  assert.equal(await status(world, rimu), 202);
  assert.equal(elsewhere.asked.length, 2);
});

Deno.test("a key that can't be had is asked for once in ten minutes", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  let isDown = true;
  elsewhere.serve(
    "/users/rimu",
    () => isDown ? new Response(null, { status: 503 }) : documentAnswer(rimu.document),
  );
  assert.deepEqual(await Promise.all([status(world, rimu), status(world, rimu)]), [401, 401]);
  isDown = false;
  assert.equal(await status(world, rimu), 401);
  assert.equal(elsewhere.asked.length, 1);
  world.pass({ minutes: 11 });
  assert.equal(await status(world, rimu), 202);
});

Deno.test("a new key under the old name is found, once the old one has been known for ten minutes", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  assert.equal(await status(world, rimu), 202);
  const { publicPem: pem, privateKey } = await nextRsaPair();
  rimu.document.publicKey = { ...publicKeyOf(rimu), publicKeyPem: pem };
  const sign = await rsaSigner(privateKey);
  assert.equal(await status(world, rimu, { sign }), 401);
  world.pass({ minutes: 11 });
  assert.equal(await status(world, rimu, { sign }), 202);
  assert.equal(await status(world, rimu), 401, "the old key is no more");
});

Deno.test("a key is asked for in nobody's name, and only so often on anyone's behalf", async () => {
  await using world = await newWorld({ settings: { RATE_LIMITS: "on" } });
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  const signatures: (string | null)[] = [];
  elsewhere.serve("/users/rimu", (request) => {
    signatures.push(request.headers.get("signature"));
    return documentAnswer(rimu.document);
  });
  assert.equal(await status(world, rimu), 202);
  assert.match(signatures[0]!, new RegExp(`keyId="${world.ctx.config.baseUrl}/ap/actor#main-key"`));
  await world.pool.query("update rate_limits set used = 10000");
  world.ctx.leases.clear();
  assert.equal(await status(world, await elsewhere.person("other")), 429);
  assert.equal(await status(world, rimu), 202, "whose key is known is not held up");
});

Deno.test("nobody elsewhere can sign as one of ours", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const alice = await world.person("alice");
  const rimu = await elsewhere.person("rimu");
  const activity = { ...rimu.does("Like", "https://nowhere.test/1"), actor: alice.account.uri };
  assert.equal(await status(world, rimu, { activity }), 403);
  assert.equal(await status(world, rimu, { activity, keyId: `${alice.account.uri}#main-key` }), 403);
});
