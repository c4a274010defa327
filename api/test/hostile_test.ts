import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { JsonObject } from "../src/base/activitystreams.ts";
import { activityType, publicUri } from "../src/base/activitystreams.ts";
import { type Answering, documentAnswer, type Elsewhere, newElsewhere, post, Stranger } from "./elsewhere.ts";
import type { Person } from "./person.ts";
import { cavageSigned, messageSigned, type Signing } from "./signing.ts";
import { newWorld, type World } from "./world.ts";

/**
 * What strangers try on an inbox. Each is answered 4xx, or 202 and forgotten; never 5xx; nothing comes of it, and no
 * request goes to a private address. The table of all is printed: it is worth reading.
 */

interface Scene {
  world: World;
  alice: Person;
  /** An honest server, whose people are impersonated. */
  elsewhere: Elsewhere;
  rimu: Stranger;
  /** A post of rimu's that alice has. */
  post: string;
  /** A server that does what it likes. */
  evil: Elsewhere;
  mallory: Stranger;
  /** An address inside, where nobody may send us: `http://127.0.0.1:PORT`. */
  inside: string;
}

type Attack = (scene: Scene) => Promise<{ status: number }>;

const signed = (signing: (scene: Scene) => Signing, sign = cavageSigned): Attack => async (scene) =>
  await post(scene.world, await sign(scene.world, scene.mallory, signing(scene)));

/** Mallory signs it, properly, and only what it says is wrong. */
const says = (activity: (scene: Scene) => JsonObject): Attack =>
  signed((scene) => ({ activity: activity(scene) }));

const raw = (body: string | Uint8Array<ArrayBuffer>): Attack => async ({ world, mallory }) => {
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  const { headers } = await cavageSigned(world, mallory, { sent: text });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))
    .toBase64();
  const again = await cavageSigned(world, mallory, { headers: { digest: `SHA-256=${digest}` } });
  return await post(world, { headers: { ...headers, ...again.headers }, body });
};

/** A key document that is not what it should be, at a fresh address of mallory's. */
const keyDocument =
  (answer: (scene: Scene, keyId: string) => Answering | JsonObject): Attack => async (scene) => {
    const path = `/keys/${crypto.randomUUID()}`;
    const keyId = scene.evil.url + path;
    scene.evil.serve(path, answer(scene, keyId));
    return await post(scene.world, await cavageSigned(scene.world, scene.mallory, { keyId }));
  };

const keyAt = (keyId: (scene: Scene) => string): Attack => signed((scene) => ({ keyId: keyId(scene) }));

const note = ({ mallory, evil }: Scene, more: JsonObject = {}): JsonObject => ({
  id: `${evil.url}/notes/${crypto.randomUUID()}`,
  type: "Note",
  attributedTo: mallory.uri,
  content: "Buy my things",
  to: [publicUri],
  ...more,
});

const create = (scene: Scene, object: JsonObject, more: JsonObject = {}): JsonObject =>
  scene.mallory.does("Create", object, { to: [publicUri], ...more });

const deep = (depth: number): string => `{"a":`.repeat(depth) + "1" + "}".repeat(depth);

const attacks: Record<string, Attack> = {
  "no signature": async ({ world, mallory }) =>
    await post(world, { headers: {}, body: JSON.stringify(mallory.does("Like", "https://nowhere.test/1")) }),
  "a signature header of nonsense": signed(() => ({ changed: { signature: '%%%,,,="' } })),
  "a signature header of 7 kB": signed(() => ({ changed: { signature: `keyId="${"x".repeat(7_000)}"` } })),
  "a signature of zeros": signed(() => ({ sign: () => Promise.resolve(new Uint8Array(256)) })),
  "an empty signature": signed(() => ({ sign: () => Promise.resolve(new Uint8Array()) })),
  "a stale date": signed(({ world }) => ({ headers: { date: dateOf(world, -13) } })),
  "a date to come": signed(({ world }) => ({ headers: { date: dateOf(world, 13) } })),
  "a date that is none": signed(() => ({ headers: { date: "tomorrow" } })),
  "a body exchanged for another": signed((scene) => ({
    activity: scene.mallory.does("Like", "https://nowhere.test/1"),
    sent: JSON.stringify(create(scene, note(scene))),
  })),
  "the digest not covered": signed(() => ({ covered: ["(request-target)", "host", "date"] })),
  "the target not covered": signed(() => ({ covered: ["host", "date", "digest"] })),
  "signed for another host": signed(() => ({ headers: { host: "other.test" } })),
  "RFC 9421 with algorithm none": signed(() => ({ algorithm: "none" }), messageSigned),
  "RFC 9421 without content-digest": signed(() => ({ covered: ["@method", "@target-uri"] }), messageSigned),
  "RFC 9421 with input of nonsense": signed(
    () => ({ changed: { "signature-input": "((((" } }),
    messageSigned,
  ),
  "RFC 9421 of 1970": signed(
    () => ({ created: Temporal.Instant.fromEpochMilliseconds(0) }),
    messageSigned,
  ),

  "in rimu's name, with mallory's key": says(({ rimu }) => rimu.does("Like", "https://nowhere.test/1")),
  "in rimu's name, under rimu's key id": signed(({ rimu }) => ({
    activity: rimu.does("Like", "https://nowhere.test/1"),
    keyId: rimu.key.id,
  })),
  "in alice's name": says(({ mallory, alice }) => ({
    ...mallory.does("Like", "a:b"),
    actor: alice.account.uri,
  })),
  "an activity id of rimu's server": says(({ mallory, elsewhere }) => ({
    ...mallory.does("Like", "https://nowhere.test/1"),
    id: `${elsewhere.url}/activities/1`,
  })),
  "an activity id at another port": says(({ mallory, evil }) => ({
    ...mallory.does("Like", "https://nowhere.test/1"),
    id: `${evil.url}:8443/activities/1`,
  })),
  "an activity id with a dot after the host": says(({ mallory }) => ({
    ...mallory.does("Like", "https://nowhere.test/1"),
    id: "http://evil.test./activities/1",
  })),
  "an activity id that looks alike": says(({ mallory }) => ({
    ...mallory.does("Like", "https://nowhere.test/1"),
    id: "http://еvil.test/activities/1", // a Cyrillic letter
  })),
  "an actor with a password in it": says(({ mallory, rimu }) => ({
    ...mallory.does("Like", "https://nowhere.test/1"),
    actor: rimu.uri.replace("http://", "http://evil.test@"),
  })),
  "two actors, the second of them rimu": says(({ mallory, rimu }) => ({
    ...create({ mallory, evil: mallory.home } as Scene, note({ mallory, evil: mallory.home } as Scene)),
    actor: [mallory.uri, rimu.uri],
    object: { id: `${rimu.home.url}/notes/forged`, type: "Note", attributedTo: rimu.uri, content: "Forged" },
  })),
  "rimu's words, enclosed by mallory": says((scene) =>
    create(scene, note(scene, { id: `${scene.elsewhere.url}/notes/forged`, attributedTo: scene.rimu.uri }))
  ),
  "mallory's words, said to be rimu's": says((scene) =>
    create(scene, note(scene, { attributedTo: scene.rimu.uri }))
  ),
  "a context that makes rimu the actor": says((scene) => ({
    ...create(scene, note(scene, { attributedTo: scene.rimu.uri })),
    "@context": ["https://www.w3.org/ns/activitystreams", {
      actor: "x:y",
      who: { "@id": "as:actor", "@type": "@id" },
    }],
    who: scene.rimu.uri,
  })),
  "an edit of rimu's post": says(({ mallory, post, rimu }) =>
    mallory.does("Update", {
      id: post,
      type: "Note",
      attributedTo: rimu.uri,
      content: "Changed",
      to: [publicUri],
    })
  ),
  "a deletion of rimu's post": says(({ mallory, post }) =>
    mallory.does("Delete", { id: post, type: "Tombstone" })
  ),
  "a deletion of rimu": says(({ mallory, rimu }) => mallory.does("Delete", rimu.uri)),
  "an undoing of rimu's follow": says(({ mallory, rimu, alice }) =>
    mallory.does("Undo", {
      id: `${rimu.home.url}/follows/1`,
      type: "Follow",
      actor: rimu.uri,
      object: alice.account.uri,
    })
  ),
  "a move of rimu to mallory": says(({ mallory, rimu }) =>
    mallory.does("Move", rimu.uri, { target: mallory.uri })
  ),

  "a key inside our network": keyAt(({ inside }) => `${inside}/key`),
  "a key at the cloud's metadata": keyAt(() => "http://169.254.169.254/latest/meta-data"),
  "a key at [::1]": keyAt(({ inside }) => inside.replace("127.0.0.1", "[::1]")),
  "a key at 0x7f.1": keyAt(({ inside }) => inside.replace("127.0.0.1", "0x7f.1")),
  "a key in a file": keyAt(() => "file:///etc/passwd"),
  "a key id of 3 kB": keyAt(({ evil }) => `${evil.url}/${"x".repeat(3_000)}`),
  "an actor inside our network, with key": async (scene) => {
    const actor = `${scene.inside}/users/x`;
    const activity = { ...scene.mallory.does("Like", "a:b"), id: `${actor}/1`, actor };
    return await post(
      scene.world,
      await cavageSigned(scene.world, scene.mallory, { keyId: `${actor}#main-key`, activity }),
    );
  },
  "a key that redirects inside": keyDocument(({ inside }) => () => Response.redirect(`${inside}/key`)),
  "a key that redirects to itself": keyDocument((_, keyId) => () => Response.redirect(keyId)),
  "a key that redirects without end": keyDocument(({ evil }) => () => redirectOn(evil)),
  "a key that says its id is inside": keyDocument(({ inside }) => ({ id: `${inside}/key`, type: "Key" })),
  "a key whose owner is inside": keyDocument(({ inside, mallory }, id) => ({
    ...(mallory.document.publicKey as JsonObject),
    id,
    owner: `${inside}/users/x`,
  })),
  "a key whose owner is rimu": keyDocument(({ rimu, mallory }, id) => ({
    ...(mallory.document.publicKey as JsonObject),
    id,
    owner: rimu.uri,
  })),
  "a key of 2 MB": keyDocument(() => () => new Response(" ".repeat(2_000_000), asDocument)),
  "a key that unpacks to 50 MB": keyDocument(() => () =>
    new Response(gzipSync(new Uint8Array(50_000_000)), {
      headers: { ...asDocument.headers, "content-encoding": "gzip" },
    })
  ),
  "a key that is a page": keyDocument(({ mallory }) => () => documentAnswer(mallory.document, "text/html")),
  "a key that is plain JSON": keyDocument(({ mallory }) => () =>
    documentAnswer(mallory.document, "application/json")
  ),
  "a key nested 1,000 deep": keyDocument(() => () => new Response(deep(1_000), asDocument)),
  "a key that is no JSON": keyDocument(() => () => new Response("{", asDocument)),
  "a key that is a list": keyDocument(() => () => new Response("[]", asDocument)),
  "a key that is in no document": keyDocument(() => () => new Response(null, { status: 404 })),
  "a key that breaks off": keyDocument(() => () => new Response(brokenOff(), asDocument)),

  "an empty body": raw(""),
  "no JSON": raw("<html></html>"),
  "half of a JSON": raw('{"type":"Like"'),
  "JSON that is a list": raw("[]"),
  "JSON that is null": raw("null"),
  "JSON that is a number": raw("17"),
  "JSON nested 1,000 deep": raw(`{"type":"Like","object":${deep(1_000)}}`),
  "JSON of 300 kB": raw(`{"type":"Like","content":"${"x".repeat(300_000)}"}`),
  "bytes that are no text": raw(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])),
  "a type that nobody knows": says(({ mallory }) => mallory.does("Teapot", "https://nowhere.test/1")),
  "a type that is a number": says(({ mallory }) => ({ ...mallory.does("Like", "a:b"), type: 5 })),
  "a type of the language": says(({ mallory }) => ({ ...mallory.does("Like", "a:b"), type: "constructor" })),
  "no actor": says(({ mallory }) => ({ ...mallory.does("Like", "a:b"), actor: null })),
  "an actor that is a number": says(({ mallory }) => ({ ...mallory.does("Like", "a:b"), actor: 5 })),
  "an actor that is no address": says(({ mallory }) => ({
    ...mallory.does("Like", "a:b"),
    actor: "mallory",
  })),
  "an id that is a number": says(({ mallory }) => ({ ...mallory.does("Like", "a:b"), id: 5 })),
  "an id that is no address": says(({ mallory }) => ({ ...mallory.does("Like", "a:b"), id: "urn:uuid:1" })),
  "no object": says(({ mallory }) => ({ ...mallory.does("Create", "a:b"), object: null })),
  "an object that is a number": says(({ mallory }) => ({ ...mallory.does("Create", "a:b"), object: 5 })),
  "an object of wrong types": says((scene) =>
    create(
      scene,
      note(scene, { content: { a: 1 }, published: "never", to: 5, tag: 7, url: {}, inReplyTo: [[]] }),
    )
  ),
  "a NUL and half a character": says((scene) =>
    create(scene, note(scene, { content: "\0\ud800", summary: "\0" }))
  ),
  "a prototype": raw('{"type":"Create","__proto__":{"actor":"http://evil.test/users/mallory"},"object":{}}'),
  "a context inside our network": says((scene) => ({
    ...create(scene, note(scene)),
    "@context": [`${scene.inside}/context`, "https://www.w3.org/ns/activitystreams"],
  })),
  "a context that contains itself": says((scene) => ({
    ...create(scene, note(scene)),
    "@context": [
      `${scene.evil.url}/loop`,
      ...Array.from({ length: 500 }, (_, n) => `${scene.evil.url}/context/${n}`),
    ],
  })),
  "a context of wrong types": says((scene) => ({
    ...create(scene, note(scene)),
    "@context": [{ "@id": 5 }, 7, [[]]],
  })),
  "a boost of something inside": says(({ mallory, inside }) =>
    mallory.does("Announce", `${inside}/notes/1`, { to: [publicUri] })
  ),
  "an answer to something inside": says((scene) =>
    create(scene, note(scene, { inReplyTo: `${scene.inside}/notes/1` }))
  ),
  "an attachment inside": says((scene) =>
    create(scene, note(scene, { attachment: [{ type: "Image", url: `${scene.inside}/x.png` }] }))
  ),
  "200 deletions by people unknown": async ({ world, mallory }) => {
    const statuses = await Promise.all(Array.from({ length: 200 }, async (_, n) => {
      const actor = `https://far${n}.test/users/x`;
      const activity = { ...mallory.does("Delete", actor), id: `${actor}#delete`, actor };
      const signing = { activity, keyId: `${actor}#main-key` };
      return (await post(world, await cavageSigned(world, mallory, signing))).status;
    }));
    assert.deepEqual(new Set(statuses), new Set([202]));
    return { status: 202 };
  },
};

/** What may have come of it. */
const watched = [
  "posts",
  "accounts",
  "follows",
  "favourites",
  "notifications",
  "reports",
  "blocks",
  "tombstones",
];

Deno.test("whatever strangers try: 4xx or a silent 202, nothing comes of it, and nobody inside is asked", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  await using evil = newElsewhere("evil.test");
  const [rimu, mallory] = [await elsewhere.person("rimu"), await evil.person("mallory")];
  const alice = await world.person("alice");
  let knocks = 0;
  await using trap = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => {
    knocks++;
    return documentAnswer(mallory.document);
  });
  await rimu.sends(world, rimu.does("Follow", alice.account.uri));
  await alice.post(`/api/v1/follow_requests/0/authorize`);
  const inside = `http://127.0.0.1:${trap.addr.port}`;
  const words = { id: `${elsewhere.url}/notes/1`, type: "Note", attributedTo: rimu.uri, content: "Mine" };
  await rimu.sends(
    world,
    rimu.does("Create", { ...words, to: [publicUri], tag: [{ type: "Mention", href: alice.account.uri }] }, {
      to: [publicUri, alice.account.uri],
    }),
  );
  await world.settle();
  const scene = { world, alice, elsewhere, rimu, evil, mallory, inside, post: words.id };
  const before = await state(world);
  assert.equal(before.posts, 1, "the honest post is there");

  const never = Promise.withResolvers<Response>();
  const slow = keyDocument(() => () => never.promise)(scene);
  const table: Record<string, { answer: number; asked: number }> = {};
  for (const [name, attack] of Object.entries(attacks)) {
    const asked = evil.asked.length + elsewhere.asked.length;
    const { status } = await attack(scene);
    await world.settle();
    table[name] = { answer: status, asked: evil.asked.length + elsewhere.asked.length - asked };
    assert.ok((status >= 400 && status < 500) || status === 202, `${name}: ${status}`);
    assert.deepEqual(await state(world), before, name);
    assert.equal(knocks, 0, `${name}: somebody inside was asked`);
  }
  table["a key that never comes"] = { answer: (await slow).status, asked: 1 };
  assert.equal((await slow).status, 401);
  never.resolve(new Response(null)); // nobody listens any more, but its server would wait for it
  assert.deepEqual(await state(world), before);
  assert.ok(Object.values(table).every(({ asked }) => asked <= 6), "more requests than a few");
  console.table(table);
});

/** How much there is of everything, and what rimu's post says. */
async function state({ pool }: World): Promise<Record<string, unknown>> {
  const counts = watched.map((table) => `(select count(*)::int from ${table}) as "${table}"`).join(", ");
  const { rows: [row] } = await pool.query(
    `select ${counts}, (select array_agg(html) from posts) as html,
       (select count(*)::int from accounts where deleted_at is not null or moved_to_id is not null) as gone`,
  );
  return row;
}

const asDocument = { headers: { "content-type": activityType } };

function dateOf({ ctx }: World, hours: number): string {
  return new Date(ctx.now().add({ hours }).epochMilliseconds).toUTCString();
}

function redirectOn(evil: Elsewhere): Response {
  const path = `/keys/${crypto.randomUUID()}`;
  evil.serve(path, () => redirectOn(evil));
  return Response.redirect(evil.url + path);
}

function brokenOff(): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode('{"id":'));
      controller.error(new Error("that was it"));
    },
  });
}
