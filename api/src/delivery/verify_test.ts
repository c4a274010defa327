import assert from "node:assert/strict";
import { ask, documentAnswer, type Elsewhere, newElsewhere } from "../../test/elsewhere.ts";
import { post, type Stranger } from "../../test/elsewhere.ts";
import { cavageSigned, messageSigned, type Signing } from "../../test/signing.ts";
import { newWorld, type World } from "../../test/world.ts";
import { resolveHandle } from "../accounts/remote.ts";
import { activityType } from "../base/activitystreams.ts";
import { loadContext } from "./contexts.ts";

/** What a signature has to do before we believe it, one test for each. */

interface Scene extends AsyncDisposable {
  world: World;
  elsewhere: Elsewhere;
  rimu: Stranger;
}

async function newScene(): Promise<Scene> {
  const world = await newWorld();
  const elsewhere = newElsewhere("elsewhere.test");
  return {
    world,
    elsewhere,
    rimu: await elsewhere.person("rimu"),
    [Symbol.asyncDispose]: async () => {
      await elsewhere[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
    },
  };
}

/** The status that a request in this dialect gets, and how much is in the inbox then. */
async function sent(
  { world, rimu }: Scene,
  sign: typeof cavageSigned,
  signing: Signing = {},
): Promise<number> {
  const before = await stored(world);
  const { status } = await post(world, await sign(world, rimu, signing));
  assert.equal(await stored(world) - before, status === 202 ? 1 : 0, "refused and stored, or taken and not");
  return status;
}

async function stored(world: World): Promise<number> {
  return (await world.pool.query("select from inbox")).rows.length;
}

const dialects = { "draft-cavage": cavageSigned, "RFC 9421": messageSigned };

for (const [dialect, sign] of Object.entries(dialects)) {
  Deno.test(`${dialect}: a request that its actor has signed is taken`, async () => {
    await using scene = await newScene();
    assert.equal(await sent(scene, sign), 202);
  });

  Deno.test(`${dialect}: a signature is good for twelve hours, whosever clock is off`, async () => {
    await using scene = await newScene();
    const at = (hours: number): Signing => {
      const created = scene.world.ctx.now().add({ minutes: hours * 60 });
      return { created, headers: { date: new Date(created.epochMilliseconds).toUTCString() } };
    };
    for (const hours of [-11.9, 11.9]) assert.equal(await sent(scene, sign, at(hours)), 202, `${hours}`);
    for (const hours of [-12.1, 12.1, -24 * 365]) {
      assert.equal(await sent(scene, sign, at(hours)), 401, `${hours}`);
    }
  });

  Deno.test(`${dialect}: a signature that says it has expired is refused`, async () => {
    await using scene = await newScene();
    const now = scene.world.ctx.now();
    assert.equal(await sent(scene, sign, { expires: now.add({ minutes: 1 }) }), 202);
    assert.equal(await sent(scene, sign, { expires: now.subtract({ seconds: 2 }) }), 401);
  });

  Deno.test(`${dialect}: a body that was changed on its way is refused`, async () => {
    await using scene = await newScene();
    const { rimu } = scene;
    const activity = rimu.does("Like", "https://nowhere.test/1");
    const other = JSON.stringify({ ...activity, object: "https://nowhere.test/2" });
    assert.equal(await sent(scene, sign, { activity, sent: other }), 401);
  });

  Deno.test(`${dialect}: what was signed for another path is refused`, async () => {
    await using scene = await newScene();
    assert.equal(await sent(scene, sign, { signedTarget: "/users/alice/inbox" }), 401);
  });

  Deno.test(`${dialect}: what was signed for another method is refused`, async () => {
    await using scene = await newScene();
    const { headers } = await sign(scene.world, scene.rimu, { method: "GET" });
    const { status } = await post(scene.world, {
      headers,
      body: JSON.stringify(scene.rimu.does("Like", "a:b")),
    });
    assert.equal(status, 401);
  });

  Deno.test(`${dialect}: what was signed for another host is refused, even if it is brought to us`, async () => {
    await using scene = await newScene();
    const elsewhere = { host: "other.test" };
    assert.equal(await sent(scene, sign, { headers: elsewhere }), 401);
    const here = { host: new URL(scene.world.ctx.config.baseUrl).host };
    const covered = sign === messageSigned ? ["@method", "@authority", "@path", "content-digest"] : undefined;
    assert.equal(await sent(scene, sign, { headers: elsewhere, changed: here, covered }), 401);
  });

  Deno.test(`${dialect}: a key of another kind than the signature says is refused`, async () => {
    await using scene = await newScene();
    assert.equal(await sent(scene, sign, { algorithm: "ed25519" }), 401);
    assert.equal(await sent(scene, sign, { algorithm: "rsa-sha512" }), 401);
  });

  Deno.test(`${dialect}: Ed25519 keys are as good as RSA`, async () => {
    await using scene = await newScene();
    const { exportMultibaseKey } = await import("@fedify/vocab-runtime");
    const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]) as CryptoKeyPair;
    const keyId = `${scene.rimu.uri}#ed25519`;
    scene.rimu.document.assertionMethod = [{
      id: keyId,
      type: "Multikey",
      controller: scene.rimu.uri,
      publicKeyMultibase: await exportMultibaseKey(pair.publicKey),
    }];
    const signer = async (data: Uint8Array<ArrayBuffer>) =>
      new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, data));
    const algorithm = sign === cavageSigned ? "hs2019" : undefined;
    assert.equal(await sent(scene, sign, { keyId, algorithm, sign: signer }), 202);
    assert.equal(await sent(scene, sign, { algorithm, sign: signer }), 401, "under the RSA key's name");
  });

  Deno.test(`${dialect}: a request that is taken once is not stored twice`, async () => {
    await using scene = await newScene();
    const request = await sign(scene.world, scene.rimu);
    assert.deepEqual([(await post(scene.world, request)).status, (await post(scene.world, request)).status], [
      202,
      202,
    ]);
    assert.equal(await stored(scene.world), 1);
  });

  Deno.test(`${dialect}: a GET may be signed, with its query`, async () => {
    await using scene = await newScene();
    await scene.world.person("alice");
    const path = "/@alice?page=true";
    const signed = await sign(scene.world, scene.rimu, { method: "GET", path });
    const accept = { accept: "application/activity+json" };
    const asked = (headers: Record<string, string>) =>
      ask(scene.world, "GET", path, { ...headers, ...accept });
    assert.equal((await asked(signed.headers)).status, 200);
    const forged = await sign(scene.world, scene.rimu, {
      method: "GET",
      path,
      signedTarget: "/@bob?page=true",
    });
    assert.equal((await asked(forged.headers)).status, 401);
    assert.equal((await asked({})).status, 200);
  });
}

Deno.test("draft-cavage: target, host, date and digest have to be covered, each of them", async () => {
  await using scene = await newScene();
  const needed = ["(request-target)", "host", "date", "digest"];
  for (const left of needed) {
    const covered = needed.filter((name) => name !== left);
    assert.equal(await sent(scene, cavageSigned, { covered }), 401, left);
  }
  assert.equal(await sent(scene, cavageSigned, { covered: [...needed, "content-type"] }), 202);
});

Deno.test("draft-cavage: the digest must be there, and by SHA-256", async () => {
  await using scene = await newScene();
  const { body } = await cavageSigned(scene.world, scene.rimu);
  const sha512 = new Uint8Array(await crypto.subtle.digest("SHA-512", new TextEncoder().encode(body)))
    .toBase64();
  for (const digest of [undefined, "", "SHA-256=", `SHA-512=${sha512}`, "SHA-256=AAAA", "md5=AAAA"]) {
    assert.equal(await sent(scene, cavageSigned, { headers: { digest } }), 401, digest);
  }
});

Deno.test("draft-cavage: some sign the query and some don't", async () => {
  await using scene = await newScene();
  const path = "/inbox?from=elsewhere";
  assert.equal(await sent(scene, cavageSigned, { path }), 202);
  assert.equal(await sent(scene, cavageSigned, { path, signedTarget: "/inbox" }), 202);
  assert.equal(await sent(scene, cavageSigned, { path, signedTarget: "/inbox?from=nowhere" }), 401);
});

Deno.test("RFC 9421: method, target and content-digest have to be covered, each of them", async () => {
  await using scene = await newScene();
  const enough = [
    ["@method", "@target-uri", "content-digest"],
    ["@method", "@authority", "@path", "content-digest"],
    ["@method", "@authority", "@path", "@query", "content-digest"],
    ["@method", "@authority", "@request-target", "content-digest", "content-type"],
  ];
  for (const covered of enough) {
    assert.equal(await sent(scene, messageSigned, { covered }), 202, covered.join());
    for (const left of covered.filter((name) => name !== "@query" && name !== "content-type")) {
      const rest = covered.filter((name) => name !== left);
      assert.equal(await sent(scene, messageSigned, { covered: rest }), 401, `${covered} without ${left}`);
    }
  }
  const query = { path: "/inbox?a=b", covered: ["@method", "@authority", "@path", "content-digest"] };
  assert.equal(await sent(scene, messageSigned, query), 401, "a query that is not covered");
  assert.equal(await sent(scene, messageSigned, { ...query, covered: [...query.covered, "@query"] }), 202);
});

Deno.test("RFC 9421: the content-digest must be there, and by SHA-256", async () => {
  await using scene = await newScene();
  const { body } = await messageSigned(scene.world, scene.rimu);
  const sha512 = new Uint8Array(await crypto.subtle.digest("SHA-512", new TextEncoder().encode(body)))
    .toBase64();
  for (
    const digest of [undefined, "", "sha-256=::", `sha-512=:${sha512}:`, "sha-256=AAAA", "sha-256=:AAAA:"]
  ) {
    assert.equal(await sent(scene, messageSigned, { headers: { "content-digest": digest } }), 401, digest);
  }
});

Deno.test("RFC 9421: of several signatures the one that counts is found, as long as it is among the first", async () => {
  await using scene = await newScene();
  const { world, rimu } = scene;
  const good = await messageSigned(world, rimu);
  const withProxies = (count: number) => {
    const proxies = Array.from({ length: count }, (_, index) => `proxy${index}`);
    const inputs = proxies.map((name) => `${name}=("@method");created=1;keyid="https://proxy.test/key"`);
    return {
      ...good,
      headers: {
        ...good.headers,
        "signature-input": [...inputs, good.headers["signature-input"]].join(", "),
        signature: [...proxies.map((name) => `${name}=:AAAA:`), good.headers.signature].join(", "),
      },
    };
  };
  assert.equal((await post(world, withProxies(2))).status, 202);
  assert.equal((await post(world, withProxies(3))).status, 401);
});

Deno.test("both dialects as Fedify speaks them are understood", async () => {
  await using scene = await newScene();
  const { world, rimu } = scene;
  const { signRequest } = await import("@fedify/fedify/sig");
  const { exportSpki } = await import("@fedify/vocab-runtime");
  const pair = await crypto.subtle.generateKey(
    {
      name: "RSASSA-PKCS1-v1_5",
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
      hash: "SHA-256",
    },
    true,
    ["sign", "verify"],
  );
  rimu.document.publicKey = {
    id: rimu.key.id,
    owner: rimu.uri,
    publicKeyPem: await exportSpki(pair.publicKey),
  };
  for (const spec of ["draft-cavage-http-signatures-12", "rfc9421"] as const) {
    const body = JSON.stringify(rimu.does("Like", "https://nowhere.test/1"));
    const request = new Request(`${world.ctx.config.baseUrl}/inbox`, {
      method: "POST",
      headers: { "content-type": "application/activity+json" },
      body,
    });
    const signed = await signRequest(request, pair.privateKey, new URL(rimu.key.id), { spec });
    const { status, text } = await post(world, { headers: Object.fromEntries(signed.headers), body });
    assert.equal(status, 202, `${spec}: ${text}`);
  }
});

Deno.test("what we fetch and what we send is genuine to Fedify, too, by keys that it finds here", async () => {
  await using scene = await newScene();
  const { world, elsewhere, rimu } = scene;
  const { verifyRequest } = await import("@fedify/fedify/sig");
  const alice = await world.person("alice");
  const documentLoader = async (url: string) => {
    const path = url.slice(world.ctx.config.baseUrl.length);
    const { json } = await world.visit(path, { headers: { accept: activityType } });
    return { contextUrl: null, documentUrl: url, document: json };
  };
  const signers: string[] = [];
  const verifying = (answer: () => Response) => async (request: Request) => {
    const key = await verifyRequest(request, { documentLoader, contextLoader: loadContext });
    signers.push(`${request.method} ${key?.ownerId?.href}`);
    return answer();
  };
  elsewhere.serve("/users/rimu", verifying(() => documentAnswer(rimu.document)));
  elsewhere.serve("/inbox", verifying(() => new Response(null, { status: 202 })));
  await resolveHandle(world.ctx, "rimu@elsewhere.test");
  await alice.says("@rimu@elsewhere.test Can you read this?");
  await world.settle();
  assert.deepEqual(signers, [`GET ${world.ctx.config.baseUrl}/ap/actor`, `POST ${alice.account.uri}`]);
});

Deno.test("every inbox takes the same: everybody's, somebody's own, and the server's", async () => {
  await using scene = await newScene();
  const { id } = await scene.world.person("alice");
  const paths = ["/inbox", `/ap/actors/${id}/inbox`, "/ap/actor/inbox"];
  for (const sign of Object.values(dialects)) {
    for (const path of paths) assert.equal(await sent(scene, sign, { path }), 202, path);
    assert.equal(await sent(scene, sign, { path: paths[1], signedTarget: "/inbox" }), 401);
  }
});

Deno.test("an activity that nobody signed is refused", async () => {
  await using scene = await newScene();
  const body = JSON.stringify(scene.rimu.does("Like", "https://nowhere.test/1"));
  assert.equal((await post(scene.world, { headers: {}, body })).status, 401);
  assert.deepEqual(scene.elsewhere.asked, []);
});
