import assert from "node:assert/strict";
import { type Bucket, newBucket } from "../../test/bucket.ts";
import { bytesAt, form, picture, uploaded } from "../../test/pictures.ts";
import { premisesOf, typed } from "../../test/terminal.ts";
import { newWorld, type World } from "../../test/world.ts";
import type { Shelf } from "../base/files/shelf.ts";

for (const place of ["folder", "bucket"] as const) {
  Deno.test(`an admin sees how much is kept, finds what is lost and nobody's, and puts it right (${place})`, async () => {
    await using bucket = await newBucket();
    await using world = await newWorld({ settings: place === "bucket" ? bucket.settings : {} });
    await using desk = atDesk(world, place === "bucket" ? bucket : undefined);
    const alice = await world.person("alice");
    const [kept, lost] = [await uploaded(alice), await uploaded(alice)];
    const avatar = form(await picture(), {}, { field: "avatar" });
    const { json: { avatar: lostAvatar } } = await alice.patch("/api/v1/accounts/update_credentials", avatar);
    const status = await alice.says("Both", { media_ids: [kept.id, lost.id] });
    if (place === "bucket") {
      const { json } = await desk.riff("media usage --json");
      assert.deepEqual([json.files, json.waiting_files, json.place], [3, 3, "bucket"]);
    }
    await world.settle();
    const { json: used, code } = await desk.riff("media usage --json");
    assert.deepEqual([code, used.files, used.waiting_files, used.place], [0, 3, 0, place]);
    assert.ok(used.bytes > 500);
    assert.deepEqual([used.cached_files, used.cached_bytes, used.cache_cap_bytes], [0, 0, 1_000_000_000]);
    assert.match(
      (await desk.riff("media usage")).out,
      /\n0 files of other servers, 0 kB of at most 1000\.0 MB, in the cache$/,
    );
    assert.match((await desk.riff("media check")).out, /^3 files known, 6 objects there\nAll is there$/);

    const shelf = world.ctx.files[place]!;
    for (const { url } of [lost, { url: lostAvatar }]) await shelf.remove(nameOf(url));
    const stray = `${"f".repeat(32)}/original.png`;
    await put(shelf, stray);
    const young = await desk.riff("media check --json");
    assert.deepEqual(
      [young.code, young.json.lost.length, young.json.stray],
      [1, 2, []],
      "it may be on its way",
    );
    world.pass({ hours: 2 });
    const found = await desk.riff("media check --json");
    assert.deepEqual([found.code, found.json.lost.length], [1, 2]);
    assert.deepEqual(found.json.stray.filter((name: string) => name.startsWith("f".repeat(32))), [stray]);
    assert.match((await desk.riff("media check")).out, /`deno task riff media check --fix` puts that right$/);

    assert.equal((await desk.riff("media check --fix")).code, 0);
    assert.equal((await desk.riff("media check")).code, 0);
    const { json } = await alice.get(`/api/v1/statuses/${status.id}`);
    assert.deepEqual(json.media_attachments.map((one: { url: string | null }) => one.url), [kept.url, null]);
    assert.match(
      (await alice.get("/api/v1/accounts/verify_credentials")).json.avatar,
      /assets\/avatar\.png$/,
    );
    assert.equal((await bytesAt(world.url, kept.url)).status, 200);
  });
}

Deno.test("an admin need not wait for the hour in which what nobody shows goes", async () => {
  await using world = await newWorld();
  await using desk = atDesk(world);
  await uploaded(await world.person("alice"));
  assert.deepEqual((await desk.riff("media prune --json")).json, {
    uploads: 0,
    files: 0,
    bytes: 0,
    cached_bytes: 0,
  });
  world.pass({ hours: 25 });
  const { out } = await desk.riff("media prune");
  assert.match(out, /^1 upload that no post took, and 1 file: \d+ kB$/);
});

/** An admin's desk before this world, on its clock. */
function atDesk(world: World, bucket?: Bucket) {
  const settings = Object.fromEntries(
    Object.entries(bucket?.settings ?? {}).map(([name, value]) => [name, value!]),
  );
  const premises = premisesOf(world, { DATA_DIR: world.ctx.config.dataDir, ...settings });
  const ctx = async () => ({ ...await premises.ctx(), now: world.ctx.now });
  return {
    riff: async (command: string) => {
      const { code, out, err } = await typed(command, { ...premises, ctx });
      assert.equal(err, "", command);
      return { code, out, json: command.endsWith("--json") ? JSON.parse(out) : undefined };
    },
    [Symbol.asyncDispose]: () => premises[Symbol.asyncDispose](),
  };
}

/** `0f3c.../original.jpg` */
function nameOf(url: string): string {
  return url.split("/").slice(-2).join("/");
}

async function put(shelf: Shelf, name: string): Promise<void> {
  const path = await Deno.makeTempFile();
  await Deno.writeFile(path, await picture({ format: "png" }));
  await shelf.put(name, path);
  await Deno.remove(path);
}
