import assert from "node:assert/strict";
import sharp from "sharp";
import { type Elsewhere, newElsewhere, type Stranger } from "../../test/elsewhere.ts";
import type { Answer, Person } from "../../test/person.ts";
import { newWorld, type World } from "../../test/world.ts";
import { publicUri } from "../base/activitystreams.ts";
import { chores } from "./jobs.ts";

/** alice lives here; rimu elsewhere, whose pictures she sees. */
interface Scene extends AsyncDisposable {
  world: World;
  elsewhere: Elsewhere;
  alice: Person;
  rimu: Stranger;
}

async function newScene(settings = {}): Promise<Scene> {
  const world = await newWorld({ settings });
  const elsewhere = newElsewhere("elsewhere.test");
  return {
    world,
    elsewhere,
    alice: await world.person("alice"),
    rimu: await elsewhere.person("rimu"),
    [Symbol.asyncDispose]: async () => {
      await elsewhere[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
    },
  };
}

function picture(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  return sharp({ create: { width, height, channels: 3, background: "tomato" } }).png().toBuffer()
    .then((bytes) => new Uint8Array(bytes));
}

const served = (bytes: Uint8Array<ArrayBuffer>, type: string) => () =>
  new Response(bytes, { headers: { "content-type": type } });

let written = 0;

/** rimu posts something for alice that shows what is at these paths; answers the post as `who` sees it. */
async function shows({ world, elsewhere, alice, rimu }: Scene, paths: string[], type = "image/png") {
  const note = {
    id: `${elsewhere.url}/notes/${++written}`,
    type: "Note",
    attributedTo: rimu.uri,
    content: "<p>Look</p>",
    to: [publicUri],
    tag: [{ type: "Mention", href: alice.account.uri }],
    attachment: paths.map((path) => ({ type: "Document", mediaType: type, url: elsewhere.url + path })),
  };
  assert.equal(await rimu.sends(world, rimu.does("Create", note, { to: [publicUri] })), 202);
  await world.settle();
}

const newest = async (seen: Promise<Answer>): Promise<Answer["json"]> => (await seen).json[0];
const member = ({ alice }: Scene) => newest(alice.get("/api/v1/timelines/public"));
const stranger = ({ world }: Scene) => newest(world.visit("/api/v1/timelines/public"));

/** Asks for one of our addresses. What comes may still be on its way into the cache: `settle` waits for that. */
function visit({ world }: Scene, url: string, headers: Record<string, string> = {}) {
  const { pathname } = new URL(url);
  return fetch(world.url + pathname, { headers });
}

Deno.test("what a member looks at is fetched once, and then also had by strangers", async () => {
  await using scene = await newScene();
  const { elsewhere } = scene;
  const bytes = await picture(1200, 900);
  elsewhere.serve("/pot.png", served(bytes, "text/html"));
  await shows(scene, ["/pot.png"]);
  const [{ url, preview_url: preview }] = (await member(scene)).media_attachments;
  const [theirs] = (await stranger(scene)).media_attachments;
  const asked = () => elsewhere.asked.filter((one) => one === "GET /pot.png").length;

  for (const address of [theirs.url, theirs.preview_url]) {
    const answer = await visit(scene, address);
    assert.equal(answer.status, 404, "nobody has looked at it yet");
    await answer.body?.cancel();
  }
  assert.equal(asked(), 0);

  const first = await visit(scene, url);
  assert.deepEqual(new Uint8Array(await first.arrayBuffer()), bytes);
  const { headers } = first;
  assert.equal(headers.get("content-type"), "image/png", "as its bytes say");
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.match(headers.get("content-security-policy") ?? "", /sandbox/);
  assert.match(headers.get("cache-control") ?? "", /immutable/);
  assert.equal(headers.get("access-control-allow-origin"), "*");
  const small = await visit(scene, preview);
  assert.equal(small.headers.get("content-type"), "image/webp");
  const { width, height } = await sharp(new Uint8Array(await small.arrayBuffer())).metadata();
  assert.ok(width < 1200 && Math.abs(width / height - 4 / 3) < 0.02, `${width}x${height}`);

  await scene.world.settle();
  await Promise.all([url, preview, theirs.url, theirs.preview_url].map(async (address) => {
    const again = await visit(scene, address);
    assert.equal(again.status, 200);
    await again.body?.cancel();
  }));
  assert.equal(asked(), 2, "the whole and its preview, each once");
  const part = await visit(scene, url, { range: "bytes=1-3" });
  assert.deepEqual([part.status, await part.text()], [206, "PNG"]);
  const known = await visit(scene, url, {
    "if-none-match": headers.get("etag") ?? `"${url.split("/").at(-1)}"`,
  });
  assert.equal(known.status, 304);
});

Deno.test("many who look at the same moment make one request, and see it while it comes", async () => {
  await using scene = await newScene();
  const { elsewhere } = scene;
  const bytes = await picture(300, 300);
  const rest = Promise.withResolvers<void>();
  elsewhere.serve("/slow.png", () =>
    new Response(
      new ReadableStream({
        start: async (to) => {
          to.enqueue(bytes.subarray(0, 100));
          await rest.promise;
          to.enqueue(bytes.subarray(100));
          to.close();
        },
      }),
    ));
  await shows(scene, ["/slow.png"]);
  const [{ url }] = (await member(scene)).media_attachments;
  const first = await visit(scene, url);
  const reader = first.body!.getReader();
  assert.ok((await reader.read()).value!.length >= 64, "its beginning is here before its end");
  const others = Array.from({ length: 5 }, () => visit(scene, url).then((answer) => answer.arrayBuffer()));
  rest.resolve();
  for (const other of await Promise.all(others)) assert.equal(other.byteLength, bytes.length);
  while (!(await reader.read()).done) { /* to its end */ }
  assert.equal(elsewhere.asked.filter((one) => one === "GET /slow.png").length, 1);
});

Deno.test("nobody is made to fetch what no post shows, nor what is no picture, film or sound", async () => {
  await using scene = await newScene();
  const { elsewhere, world } = scene;
  elsewhere.serve(
    "/page.png",
    served(new TextEncoder().encode("<script>alert(1)</script>".repeat(9)), "image/png"),
  );
  elsewhere.serve(
    "/svg.png",
    served(new TextEncoder().encode("<svg onload='alert(1)'/>".repeat(9)), "image/png"),
  );
  elsewhere.serve("/inside.png", () => Response.redirect("http://127.0.0.1:1/secret.png"));
  const paths = ["/page.png", "/svg.png", "/inside.png", "/missing.png"];
  await shows(scene, paths);
  const attachments = (await member(scene)).media_attachments;
  for (const [at, path] of paths.entries()) {
    for (const address of [attachments[at].url, attachments[at].preview_url]) {
      const { status, body } = await visit(scene, address);
      await body?.cancel();
      assert.equal(status, 404, path);
    }
  }
  const asked = elsewhere.asked.length;
  await (await visit(scene, attachments[0].url)).body?.cancel();
  assert.equal(elsewhere.asked.length, asked, "what can't be had is not asked for again at once");
  const { rows } = await world.pool.query(
    "select count(*)::int as n from cached_media where content_type is not null",
  );
  assert.equal(rows[0].n, 0);

  const { pathname } = new URL(attachments[0].url);
  const forged = [
    pathname.replace(/.$/, (last) => last === "A" ? "B" : "A"),
    pathname.replace("attachment-", "avatar-"),
    pathname.replace(/attachment-\d+/, "attachment-1"),
    "/media/remote/attachment-1/x",
    "/media/remote/../x",
    "/media/remote/card-99999999999999999999/AAAAAAAAAAAAAAAAAAAAAA",
  ];
  for (const path of forged) {
    const { status, body } = await fetch(world.url + path);
    await body?.cancel();
    assert.equal(status, 404, path);
  }
  assert.equal(elsewhere.asked.length, asked);
});

Deno.test("the cache stays below its cap: what was looked at longest ago goes first, its bytes too", async () => {
  await using scene = await newScene({ MEDIA_CACHE_BYTES: "200k" });
  const { elsewhere, world } = scene;
  const noise = (): Uint8Array<ArrayBuffer> => {
    const bytes = crypto.getRandomValues(new Uint8Array(30_000));
    bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]); // a PNG by its first bytes
    return bytes;
  };
  const paths = Array.from({ length: 12 }, (_, n) => `/${n}.png`);
  for (const path of paths) elsewhere.serve(path, served(noise(), "image/png"));
  for (let at = 0; at < paths.length; at += 4) await shows(scene, paths.slice(at, at + 4));
  const { json } = await scene.alice.get("/api/v1/timelines/public");
  const urls: string[] = json.toReversed().flatMap((post: Answer["json"]) =>
    post.media_attachments.map((one: { url: string }) => one.url)
  );
  for (const url of urls) {
    await (await visit(scene, url)).arrayBuffer();
    await world.settle();
    world.pass({ minutes: 1 });
    const { rows: [{ sum }] } = await world.pool.query("select sum(bytes)::int from cached_media");
    assert.ok(sum <= 200_000, `${sum}`);
  }
  const kept = async () => {
    await world.settle();
    let bytes = 0;
    for await (const file of world.ctx.files.cache.list()) bytes += file.bytes;
    return bytes;
  };
  assert.equal(await kept(), 180_000);
  const asked = elsewhere.asked.length;
  await (await visit(scene, urls.at(-1)!)).arrayBuffer();
  assert.equal(elsewhere.asked.length, asked, "the newest is here");
  await (await visit(scene, urls[0]!)).arrayBuffer();
  assert.equal(elsewhere.asked.length, asked + 1, "the oldest was not");
  await world.settle();
  Object.assign(world.ctx.config, { mediaCacheBytes: 100_000 });
  await chores.tidy!.run(world.ctx);
  assert.equal(await kept(), 90_000, "a lower cap holds, too");

  const lost = await Deno.makeTempFile();
  await Deno.writeFile(lost, new Uint8Array(5_000));
  await world.ctx.files.cache.put(`${"a".repeat(32)}/bytes`, lost);
  await Deno.remove(lost);
  await chores.tidy!.run(world.ctx);
  assert.equal(await kept(), 95_000, "what nobody knows may be on its way");
  world.pass({ hours: 2 });
  await chores.tidy!.run(world.ctx);
  assert.equal(await kept(), 90_000, "after an hour it is not");
});

Deno.test("avatars, emojis and what cards show come the same way", async () => {
  await using scene = await newScene();
  const { elsewhere, rimu, alice, world } = scene;
  for (const name of ["face", "head", "blob", "card"]) {
    elsewhere.serve(`/${name}.png`, served(await picture(600, 300), "image/png"));
  }
  elsewhere.serve(
    "/page",
    () =>
      new Response('<head><title>Page</title><meta property="og:image" content="/card.png"></head>', {
        headers: { "content-type": "text/html" },
      }),
  );
  Object.assign(rimu.document, {
    icon: { type: "Image", url: `${elsewhere.url}/face.png` },
    image: { type: "Image", url: `${elsewhere.url}/head.png` },
    name: ":blob:",
    tag: { type: "Emoji", name: ":blob:", icon: { type: "Image", url: `${elsewhere.url}/blob.png` } },
  });
  await shows(scene, []);
  const { account } = await member(scene);
  const { id } = await alice.says(`${elsewhere.url}/page`);
  await world.settle();
  const { card } = (await alice.get(`/api/v1/statuses/${id}`)).json;
  const sizes: Record<string, [number, number]> = {};
  const pictures = { ...account, emoji: account.emojis[0].static_url, card: card.image };
  for (const what of ["avatar", "avatar_static", "header_static", "emoji", "card"]) {
    const answer = await visit(scene, pictures[what]);
    assert.equal(answer.status, 200, what);
    const { width, height } = await sharp(new Uint8Array(await answer.arrayBuffer())).metadata();
    sizes[what] = [width, height];
  }
  const { card: _, ...fixed } = sizes;
  assert.deepEqual(fixed, {
    avatar: [600, 300],
    avatar_static: [400, 400],
    header_static: [1500, 500],
    emoji: [128, 64],
  });
});
