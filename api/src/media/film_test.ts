import assert from "node:assert/strict";
import { newBucket } from "../../test/bucket.ts";
import { film, hasFfmpeg, seconds } from "../../test/films.ts";
import { bytesAt, form, picture } from "../../test/pictures.ts";
import type { Person } from "../../test/person.ts";
import { newWorld, type World } from "../../test/world.ts";
import { realPrograms } from "../base/programs.ts";

type Tell = (world: World, alice: Person) => Promise<void>;

/** A story that needs ffmpeg. */
function story(name: string, tell: Tell, place: "folder" | "bucket" = "folder"): void {
  Deno.test({
    name: `${name} (${place})`,
    ignore: !hasFfmpeg,
    fn: async () => {
      await using bucket = place === "bucket" ? await newBucket() : undefined;
      await using world = await newWorld({ settings: bucket?.settings });
      await tell(world, await world.person("alice"));
    },
  });
}

const upload = async (who: Person, bytes: Uint8Array<ArrayBuffer>, more: Record<string, string> = {}) =>
  await who.post("/api/v2/media", form(bytes, more, { name: "film", type: "application/octet-stream" }));

const filmIsPosted: Tell = async (world, alice) => {
  const { status, json: media } = await upload(alice, await seconds.mp4(), { description: "Bars" });
  assert.deepEqual([status, media.type, media.url, media.preview_url], [202, "video", null, null]);
  const path = `/api/v1/media/${media.id}`;
  assert.equal((await alice.get(path)).status, 206);
  const early = await alice.post("/api/v1/statuses", { status: "x", media_ids: [media.id] });
  assert.equal(early.status, 422);
  assert.match(early.json.error, /not finished processing/);

  await world.settle();
  const ready = await alice.get(path);
  assert.deepEqual([ready.status, ready.json.description], [200, "Bars"]);
  const { original, small } = ready.json.meta;
  assert.deepEqual([original.width, original.height, original.frame_rate], [320, 240, "15/1"]);
  assert.ok(original.duration > 0.9 && original.duration < 1.2);
  assert.deepEqual([small.width, small.height], [320, 240]);
  assert.match(ready.json.blurhash, /^.{28}$/);
  const shown = (await alice.says("Look", { media_ids: [media.id] })).media_attachments[0];
  const { bytes, headers } = await bytesAt(world.url, shown.url, { range: "bytes=0-31" });
  assert.deepEqual([headers.get("content-type"), bytes.length], ["video/mp4", 32]);
  const whole = await bytesAt(world.url, shown.url);
  assert.ok(
    !new TextDecoder("latin1").decode(whole.bytes).includes("secret"),
    "what the file told of itself is gone",
  );
  assert.equal((await bytesAt(world.url, shown.preview_url)).headers.get("content-type"), "image/webp");
};
for (const place of ["folder", "bucket"] as const) {
  story("a film is taken at once, made ready behind the scenes, and then posted", filmIsPosted, place);
}

story("film and sound of other kinds become what every browser plays", async (world, alice) => {
  const kinds = {
    silent: "video",
    webm: "video",
    mp3: "audio",
    ogg: "audio",
    flac: "audio",
    wav: "audio",
  } as const;
  for (const [kind, type] of Object.entries(kinds) as [keyof typeof kinds, string][]) {
    const { json: { id } } = await upload(alice, await seconds[kind]());
    await world.settle();
    const { status, json } = await alice.get(`/api/v1/media/${id}`);
    assert.deepEqual([status, json.type], [200, type], `${kind} ${JSON.stringify(json)}`);
    const { headers } = await bytesAt(world.url, json.url);
    assert.equal(headers.get("content-type"), type === "video" ? "video/mp4" : "audio/mpeg", kind);
  }
});

story("a picture may stand for a sound, from the beginning or later", async (world, alice) => {
  const data = form(await seconds.mp3());
  data.append("thumbnail", new File([await picture()], "cover.jpg"));
  const { json: { id } } = await alice.post("/api/v2/media", data);
  await world.settle();
  const { json: first } = await alice.get(`/api/v1/media/${id}`);
  assert.equal((await bytesAt(world.url, first.preview_url)).status, 200);
  const { json: second } = await alice.put(
    `/api/v1/media/${id}`,
    form(await picture(), {}, { field: "thumbnail" }),
  );
  assert.notEqual(second.preview_url, first.preview_url);
  assert.equal((await bytesAt(world.url, second.preview_url)).status, 200);
});

story("a film that is too long, too large or too fast is refused, with the reason", async (world, alice) => {
  const films: [args: string, RegExp][] = [
    ["-f lavfi -i color=duration=660:size=16x16:rate=1", /too long \(at most 10 minutes\)/],
    ["-f lavfi -i color=duration=1:size=4096x2304:rate=1", /too many pixels/],
    ["-f lavfi -i color=duration=1:size=16x16:rate=240", /too many frames in a second/],
  ];
  for (const [args, reason] of films) {
    const { json: { id } } = await upload(alice, await film(args));
    await world.settle();
    const { status, json } = await alice.get(`/api/v1/media/${id}`);
    assert.equal(status, 422, args);
    assert.match(json.error, reason);
    assert.equal((await alice.post("/api/v1/statuses", { status: "x", media_ids: [id] })).status, 422);
  }
  assert.deepEqual(await Array.fromAsync(Deno.readDir(await world.ctx.files.waiting())), []);
  assert.deepEqual(await Array.fromAsync(world.ctx.files.folder.list()), []);
});

story("a job that is done twice makes one film", async (world, alice) => {
  const { json: { id } } = await upload(alice, await seconds.silent());
  const { finishFilm } = await import("./upload.ts");
  await finishFilm(world.ctx, id);
  await world.settle();
  const { rows } = await world.pool.query("select count(*)::int as files from media_files");
  assert.deepEqual(rows, [{ files: 1 }]);
});

Deno.test("without ffmpeg, film and sound are refused with what is missing, and clients are told beforehand", async () => {
  const programs = { ...realPrograms(), has: () => Promise.resolve(false) };
  await using world = await newWorld({ programs });
  const alice = await world.person("alice");
  const head = new TextEncoder().encode("\0\0\0\x18ftypmp42\0\0\0\0mp42isom");
  const { status, json } = await upload(alice, head);
  assert.equal(status, 422);
  assert.equal(
    json.error,
    "Validation failed: This server takes no film or sound, because ffmpeg is not installed on it",
  );
  for (const version of ["v1", "v2"]) {
    const { json: about } = await world.visit(`/api/${version}/instance`);
    const types: string[] = about.configuration.media_attachments.supported_mime_types;
    assert.deepEqual(types.filter((type) => !type.startsWith("image/")), []);
  }
});

Deno.test({
  name: "a program that takes too long or too much is ended, and says so",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const { run, has } = realPrograms();
    const limits = { seconds: 30, bytes: 1024 ** 3, fileBytes: 1024 ** 2 };
    assert.equal(await has("a-program-that-is-not-there"), false);
    assert.equal(new TextDecoder().decode(await run("echo", ["a b", "$HOME"], limits)), "a b $HOME\n");
    await assert.rejects(run("sleep", ["60"], { ...limits, seconds: 0.2 }), /was ended by SIGKILL/);
    await assert.rejects(run("sh", ["-c", "echo no >&2; exit 3"], limits), /^ProgramFailed: no$/);
    const path = await Deno.makeTempFile();
    await assert.rejects(run("dd", ["if=/dev/zero", `of=${path}`, "bs=1M", "count=3"], limits));
    await Deno.remove(path);
  },
});
