import assert from "node:assert/strict";
import { Agent } from "node:http";
import { type Bucket, newBucket } from "../../test/bucket.ts";
import { bytesAt, picture, uploaded } from "../../test/pictures.ts";
import { Person } from "../../test/person.ts";
import { newWorld, type World } from "../../test/world.ts";
import { readConfig } from "../base/config.ts";
import { bucket as shelf, type Reaching } from "../base/files/bucket.ts";
import { chores } from "./jobs.ts";
import { storeDue } from "./store_away.ts";

Deno.test("what is uploaded lies in the bucket soon, byte for byte, and no longer in the folder", async () => {
  await using bucket = await newBucket();
  await using world = await newWorld({ settings: bucket.settings });
  const alice = await world.person("alice");
  const { url, preview_url } = await uploaded(
    alice,
    await picture({ width: 1600, height: 1200, format: "png" }),
  );
  const before = [await bytesAt(world.url, url), await bytesAt(world.url, preview_url)];
  assert.deepEqual(await bucket.names(), []);
  await world.settle();
  const key = url.split("/").at(-2);
  assert.deepEqual(await bucket.names(), [
    `media/media/${key}/original.png`,
    `media/media/${key}/small.webp`,
  ]);
  assert.deepEqual(await inFolder(world), []);
  const after = [await bytesAt(world.url, url), await bytesAt(world.url, preview_url)];
  assert.deepEqual(after.map(({ bytes }) => bytes), before.map(({ bytes }) => bytes));
  assert.deepEqual(after.map(({ headers }) => headers.get("content-type")), ["image/png", "image/webp"]);
});

Deno.test("of several machines with one database and one bucket, each sends on what was uploaded there, and each shows all", async () => {
  await using bucket = await newBucket();
  await using one = await newWorld({ settings: bucket.settings });
  const name = new URL(one.ctx.config.baseUrl).hostname;
  await using other = await newWorld({ settings: bucket.settings, name, database: one.database });
  assert.notEqual(one.ctx.config.dataDir, other.ctx.config.dataDir);
  const alice = await one.person("alice");
  const here = await uploaded(alice);
  const there = await uploaded(new Person(other.url, alice));
  assert.deepEqual([(await inFolder(one)).length, (await inFolder(other)).length], [2, 2]);
  await one.settle();
  for (const machine of [one, other]) await storeDue(machine.ctx);
  assert.deepEqual([await inFolder(one), await inFolder(other)], [[], []]);
  assert.equal((await bucket.names()).length, 4);
  const { id } = await alice.says("From everywhere", { media_ids: [here.id, there.id] });
  for (const { url } of [one, other]) {
    for (const media of [here, there]) assert.equal((await bytesAt(url, media.url)).status, 200, url);
    assert.match(await (await fetch(`${url}/@alice/${id}`)).text(), /From everywhere/);
  }
});

for (const manner of ["refusing", "gone", "slow"] as const) {
  Deno.test(`while the bucket is ${manner}, uploads are taken and shown, and it gets them when it is back`, async () => {
    await using bucket = await newBucket();
    await using world = await newWorld();
    useBucket(world, bucket, { patience: 300 });
    const alice = await world.person("alice");
    bucket.manner = manner;
    const media = await uploaded(alice);
    await world.settle();
    await storeDue(world.ctx);
    const status = await alice.says("All the same", { media_ids: [media.id] });
    assert.equal((await bytesAt(world.url, status.media_attachments[0].url)).status, 200);
    assert.deepEqual(await bucket.names(), []);
    assert.equal((await inFolder(world)).length, 2);

    const asked = bucket.asked.length;
    bucket.manner = "open";
    await storeDue(world.ctx);
    assert.equal(bucket.asked.length, asked, "it is left alone for a while");
    world.pass({ hours: 1 });
    await storeDue(world.ctx);
    assert.equal((await bucket.names()).length, 2);
    assert.deepEqual(await inFolder(world), []);
    assert.equal((await bytesAt(world.url, media.url)).status, 200);
  });
}

Deno.test("where the bucket does not answer, who asks for what it has is told so, and everything else goes on", async () => {
  await using bucket = await newBucket();
  await using world = await newWorld({ settings: bucket.settings });
  const alice = await world.person("alice");
  const media = await uploaded(alice);
  await alice.says("Look", { media_ids: [media.id] });
  await world.settle();
  bucket.manner = "gone";
  const answer = await world.visit(new URL(media.url).pathname);
  assert.deepEqual([answer.status, answer.json], [503, {
    error: "The storage for media does not answer. Try again later",
  }]);
  for (const path of [new URL(media.url).pathname, `/media/${"0".repeat(32)}/original.jpg`]) {
    const { headers } = await world.visit(path);
    assert.deepEqual(
      [headers.get("cache-control"), headers.get("etag")],
      ["private, no-store", null],
      "no cache keeps for good what is not there now",
    );
  }
  assert.equal((await alice.get("/api/v1/timelines/home")).json[0].media_attachments[0].id, media.id);
  world.pass({ hours: 48 });
  await alice.delete(
    `/api/v1/statuses/${(await alice.get("/api/v1/timelines/home")).json[0].id}?delete_media=true`,
  );
  await chores.sweep!.run(world.ctx);
  bucket.manner = "open";
  assert.equal((await bucket.names()).length, 2, "it was not asked, so it has them still");
  await chores.sweep!.run(world.ctx);
  assert.deepEqual(await bucket.names(), []);
});

Deno.test("what lies in a folder moves into a bucket that is set later", async () => {
  await using bucket = await newBucket();
  await using world = await newWorld();
  const media = await uploaded(await world.person("alice"));
  const { bytes } = await bytesAt(world.url, media.url);
  useBucket(world, bucket);
  await storeDue(world.ctx);
  assert.equal((await bucket.names()).length, 2);
  assert.deepEqual((await bytesAt(world.url, media.url)).bytes, bytes);
});

Deno.test("what is long on its way to the bucket arrives, as long as it is on its way", async () => {
  await using bucket = await newBucket();
  bucket.manner = "narrow";
  const kept = shelf(readConfig(bucket.settings).s3!, { patience: 400 });
  const path = await Deno.makeTempFile();
  await Deno.writeFile(path, new Uint8Array(12_000_000));
  await kept.put("ab/original.mp4", path);
  await Deno.remove(path);
  assert.equal(await kept.size("ab/original.mp4"), 12_000_000);
});

Deno.test("a bucket may be named by its host, too", async () => {
  await using bucket = await newBucket({ isPathStyle: false });
  const { s3 } = readConfig(bucket.settings);
  const hosts: string[] = [];
  using agent = agentTo("127.0.0.1", hosts);
  const kept = shelf(s3!, agent);
  const path = await Deno.makeTempFile();
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));
  await Deno.writeFile(path, bytes);
  await kept.put("ab/original.png", path);
  await Deno.remove(path);
  const found = await kept.get("ab/original.png", { last: 1_000 });
  assert.deepEqual(
    new Uint8Array(await new Response(found!.body as ReadableStream).arrayBuffer()),
    bytes.slice(-1_000),
  );
  assert.deepEqual(found!.part, { first: 59_000, last: 59_999 });
  assert.equal(await kept.size("ab/original.png"), 60_000);
  assert.deepEqual((await Array.fromAsync(kept.list())).map(({ name }) => name), ["ab/original.png"]);
  await kept.remove("ab/original.png");
  assert.equal(await kept.get("ab/original.png"), undefined);
  assert.ok(hosts.length > 0 && hosts.every((host) => host === "media.s3.provider.test"));
});

/** As if the settings had said so. */
function useBucket({ ctx }: World, { settings }: Bucket, reaching?: Reaching): void {
  ctx.files.bucket = shelf(readConfig(settings).s3!, reaching);
}

/** A way to one address, whatever the name. */
function agentTo(address: string, asked: string[]) {
  const agent = new Agent({
    lookup: (host, options, answer) => {
      asked.push(host);
      if (options.all) answer(null, [{ address, family: 4 }]);
      else answer(null, address, 4);
    },
  });
  return { agent, [Symbol.dispose]: () => agent.destroy() };
}

/** The names of what lies in a world's folder. */
async function inFolder({ ctx }: World): Promise<string[]> {
  return (await Array.fromAsync(ctx.files.folder.list())).map(({ name }) => name);
}
