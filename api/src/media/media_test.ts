import assert from "node:assert/strict";
import sharp from "sharp";
import { blue, bytesAt, colourAt, form, picture, red, uploaded } from "../../test/pictures.ts";
import { newBucket } from "../../test/bucket.ts";
import { newNeighbours, sees } from "../../test/neighbours.ts";
import { newWorld, type World } from "../../test/world.ts";
import { chores } from "./jobs.ts";

/** Told twice: with a folder, and with a bucket that has everything as soon as the worker has had its turn. */
function story(name: string, tell: (world: World) => Promise<void>): void {
  Deno.test(`${name} (folder)`, async () => {
    await using world = await newWorld();
    await tell(world);
  });
  Deno.test(`${name} (bucket)`, async () => {
    await using bucket = await newBucket();
    await using world = await newWorld({ settings: bucket.settings });
    await tell(world);
  });
}

story(
  "a picture is uploaded, posted and seen, and nothing of its file is left but what it shows",
  async (world) => {
    const alice = await world.person("alice");
    const camera = await picture({ width: 3000, height: 2000, isFromCamera: true });
    const { exif, orientation, width } = await sharp(camera).metadata();
    assert.ok(exif?.includes("Kodak") && orientation === 8 && width === 2000);

    const media = await uploaded(alice, camera, { description: " A kea ", focus: "0.5,-2" });
    assert.equal(media.type, "image");
    assert.equal(media.description, "A kea");
    assert.deepEqual(media.meta, {
      original: { width: 3000, height: 2000, size: "3000x2000", aspect: 1.5 },
      small: { width: 588, height: 392, size: "588x392", aspect: 1.5 },
      focus: { x: 0.5, y: -1 },
    });
    assert.match(media.url, new RegExp(`^${world.ctx.config.baseUrl}/media/[0-9a-f]{32}/original\\.jpg$`));
    assert.match(media.blurhash, /^.{28}$/);
    const status = await alice.says("Look", { media_ids: [media.id] });
    assert.deepEqual(status.media_attachments, [media]);

    await world.settle();
    const original = await bytesAt(world.url, media.url);
    const small = await bytesAt(world.url, media.preview_url);
    for (const { bytes, headers } of [original, small]) {
      const found = await sharp(bytes).metadata();
      assert.deepEqual([found.exif, found.orientation, found.icc, found.xmp], [
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
      assert.deepEqual([await colourAt(bytes, 10, 10), await colourAt(bytes, 10, found.height - 10)], [
        red,
        blue,
      ]);
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.match(headers.get("content-security-policy")!, /^default-src 'none';.* sandbox$/);
      assert.match(headers.get("cache-control")!, /max-age=31536000, immutable/);
      assert.equal(headers.get("access-control-allow-origin"), "*");
    }
    assert.deepEqual([original, small].map(({ headers }) => headers.get("content-type")), [
      "image/jpeg",
      "image/webp",
    ]);
  },
);

story(
  "media are answered in parts, to whoever looks first, and not again to whoever has them",
  async (world) => {
    const { url } = await uploaded(
      await world.person("alice"),
      await picture({ width: 900, height: 900, format: "png" }),
    );
    await world.settle();
    const whole = await bytesAt(world.url, url);
    const size = whole.bytes.length;
    assert.equal(whole.headers.get("content-length"), String(size));
    const parts: [range: string, status: number, from?: number, to?: number][] = [
      ["bytes=0-9", 206, 0, 10],
      ["bytes=5-", 206, 5, size],
      ["bytes=-7", 206, size - 7, size],
      ["bytes=10-999999999", 206, 10, size],
      [`bytes=${size}-`, 416, 0, 0],
      ["bytes=9-3", 416, 0, 0],
      ["bytes=0-1,5-6", 200, 0, size],
      ["lines=1-2", 200, 0, size],
    ];
    for (const [range, status, from, to] of parts) {
      const part = await bytesAt(world.url, url, { range });
      assert.equal(part.status, status, range);
      if (status !== 416) assert.deepEqual(part.bytes, whole.bytes.slice(from, to), range);
      if (status === 206) assert.equal(part.headers.get("content-range"), `bytes ${from}-${to! - 1}/${size}`);
    }
    const head = await bytesAt(world.url, url, {}, "HEAD");
    assert.deepEqual([head.status, head.headers.get("content-length"), head.bytes.length], [
      200,
      String(size),
      0,
    ]);
    const again = await bytesAt(world.url, url, { "if-none-match": whole.headers.get("etag")! });
    assert.deepEqual([again.status, again.bytes.length], [304, 0]);
    for (
      const path of ["0".repeat(32) + "/original.png", "../../etc/passwd", "0".repeat(32) + "/original.svg"]
    ) {
      assert.equal((await world.visit(`/media/${path}`)).status, 404, path);
    }
  },
);

story(
  "every kind of picture is kept as what it is, moving ones move, and AVIF becomes what all can read",
  async (world) => {
    const alice = await world.person("alice");
    const kinds: [Parameters<typeof picture>[0], extension: string, pages: number][] = [
      [{ format: "jpeg" }, "jpg", 1],
      [{ format: "png" }, "png", 1],
      [{ format: "webp" }, "webp", 1],
      [{ format: "avif" }, "jpg", 1],
      [{ format: "gif" }, "png", 1],
      [{ format: "gif", frames: 3 }, "gif", 3],
      [{ format: "webp", frames: 3 }, "webp", 3],
    ];
    for (const [options, extension, pages] of kinds) {
      const media = await uploaded(alice, await picture(options));
      assert.ok(media.url.endsWith(`/original.${extension}`), `${JSON.stringify(options)} ${media.url}`);
      await world.settle();
      const { bytes } = await bytesAt(world.url, media.url);
      const found = await sharp(bytes).metadata();
      assert.deepEqual(
        [found.pages ?? 1, media.meta.original.size],
        [pages, "60x40"],
        JSON.stringify(options),
      );
      assert.equal(
        (await sharp((await bytesAt(world.url, media.preview_url)).bytes).metadata()).pages ?? 1,
        1,
      );
    }
  },
);

story("a picture larger than anybody looks at is kept smaller", async (world) => {
  const media = await uploaded(await world.person("alice"), await picture({ width: 6000, height: 4000 }));
  const { width, height } = media.meta.original;
  assert.ok(width * height < 3840 * 2160 * 1.001 && width / height > 1.49 && width / height < 1.51);
});

story(
  "an upload can be described anew, looked at and taken back until a post has taken it",
  async (world) => {
    const [alice, bob] = [await world.person("alice"), await world.person("bob")];
    const media = await uploaded(alice);
    const path = `/api/v1/media/${media.id}`;
    assert.equal((await alice.put(path, { description: "Red", focus: "-1,1" })).json.description, "Red");
    assert.deepEqual((await alice.put(path, {})).json.meta.focus, { x: -1, y: 1 });
    const { json, status } = await alice.get(path);
    assert.deepEqual([status, json.description], [200, "Red"]);
    assert.equal((await alice.put(path, { description: "x".repeat(1501) })).status, 422);
    for (const ask of [bob.get(path), bob.put(path, {}), bob.delete(path)]) {
      assert.equal((await ask).status, 404);
    }
    assert.equal((await world.visit(path)).status, 401);

    const post = await alice.says("Red", { media_ids: [media.id] });
    for (const ask of [alice.get(path), alice.put(path, {}), alice.delete(path)]) {
      assert.equal((await ask).status, 404);
    }
    const other = await uploaded(alice);
    assert.deepEqual((await alice.delete(`/api/v1/media/${other.id}`)).json, {});
    assert.equal((await alice.get(`/api/v1/media/${other.id}`)).status, 404);

    // Deleted to be written anew: then it may be posted once more.
    await alice.delete(`/api/v1/statuses/${post.id}`);
    assert.equal((await alice.says("Redder", { media_ids: [media.id] })).media_attachments[0].id, media.id);
  },
);

story("a post takes what is its author's and nobody else has, four pictures at the most", async (world) => {
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.push((await uploaded(alice)).id);
  const foreign = (await uploaded(bob)).id;
  const refused: [ids: string[], RegExp][] = [
    [ids, /more than 4 files/],
    [[foreign], /not found or already attached/],
    [["1"], /not found or already attached/],
  ];
  for (const [media_ids, words] of refused) {
    const { status, json } = await alice.post("/api/v1/statuses", { status: "x", media_ids });
    assert.equal(status, 422);
    assert.match(json.error, words);
  }
  const order = [ids[2]!, ids[0]!];
  const status = await alice.says("", { media_ids: order });
  assert.deepEqual(status.media_attachments.map((one: { id: string }) => one.id), order);
  assert.equal((await alice.post("/api/v1/statuses", { media_ids: [ids[0]] })).status, 422);
  assert.equal((await alice.post("/api/v1/statuses", { status: " " })).status, 422, "nothing at all");

  const body = { status: "Once", media_ids: [ids[1]] };
  const both = await Promise.all(
    [1, 2].map(() => alice.post("/api/v1/statuses", body, { "idempotency-key": "k" })),
  );
  assert.deepEqual(both.map((one) => [one.status, one.json.id]), [[200, both[0]!.json.id], [
    200,
    both[0]!.json.id,
  ]]);
  const rivals = await Promise.all(
    [1, 2, 3].map((n) => alice.post("/api/v1/statuses", { status: `${n}`, media_ids: [ids[3]] })),
  );
  assert.deepEqual(rivals.map((one) => one.status).sort(), [200, 422, 422]);
});

story(
  "an edit changes what a post shows and says of it, and its history tells what it was",
  async (world) => {
    const alice = await world.person("alice");
    const [first, second] = [await uploaded(alice, undefined, { description: "One" }), await uploaded(alice)];
    const status = await alice.says("Look", { media_ids: [first.id] });
    const path = `/api/v1/statuses/${status.id}`;
    const shown = (of: { media_attachments: { id: string; description: string }[] }) =>
      of.media_attachments.map(({ id, description }) => [id, description]);

    const described = await alice.put(path, {
      status: "Look",
      media_ids: [first.id],
      media_attributes: [{ id: first.id, description: "Uno" }],
    });
    assert.deepEqual(shown(described.json), [[first.id, "Uno"]]);
    assert.ok(described.json.edited_at);
    const changed = await alice.put(path, { status: "Look", media_ids: [second.id, first.id] });
    assert.deepEqual(shown(changed.json), [[second.id, null], [first.id, "Uno"]]);
    assert.deepEqual(shown((await alice.put(path, { status: "Look" })).json), []);
    assert.deepEqual(shown((await alice.put(path, { status: "Look", media_ids: [first.id] })).json), [[
      first.id,
      "Uno",
    ]]);
    const { json: history } = await alice.get(`${path}/history`);
    assert.deepEqual(history.map(shown), [
      [[first.id, "One"]],
      [[first.id, "Uno"]],
      [[second.id, null], [first.id, "Uno"]],
      [],
      [[first.id, "Uno"]],
    ]);
    assert.equal(
      (await alice.put(path, { status: "Look", media_ids: [first.id] })).json.edited_at,
      history[4].created_at,
    );
  },
);

story("an avatar and a header are cut to shape, shown to all, and taken away again", async (world) => {
  const alice = await world.person("alice");
  const data = form(await picture({ width: 900, height: 500, format: "gif", frames: 2 }), {
    ...{ display_name: "A", avatar_description: " A red kettle " },
  }, {
    field: "avatar",
  });
  data.append("header", new File([await picture({ width: 2000, height: 2000 })], "h.jpg"));
  const { status, json } = await alice.patch("/api/v1/accounts/update_credentials", data);
  assert.deepEqual([status, json.display_name], [200, "A"]);
  assert.deepEqual([json.avatar_description, json.header_description], ["A red kettle", ""]);
  await world.settle();
  const size = async (url: string) => {
    const { width, height, pageHeight, pages = 1 } = await sharp((await bytesAt(world.url, url)).bytes)
      .metadata();
    return [width, pageHeight ?? height, pages];
  };
  assert.deepEqual(await size(json.avatar), [400, 400, 2]);
  assert.deepEqual(await size(json.avatar_static), [400, 400, 1]);
  assert.deepEqual(await size(json.header), [1500, 500, 1]);
  const document = await world.visit(new URL(alice.account.uri).pathname, {
    headers: { accept: "application/activity+json" },
  });
  assert.deepEqual(document.json.icon, {
    ...{ type: "Image", mediaType: "image/webp", url: json.avatar },
    ...{ name: "A red kettle", summary: "A red kettle" },
  });
  const { json: profile } = await alice.patch("/api/v1/profile", { header_description: "The sea" });
  assert.deepEqual([profile.avatar_description, profile.header_description], ["A red kettle", "The sea"]);
  const tooLong = await alice.patch("/api/v1/profile", { avatar_description: "x".repeat(151) });
  assert.equal(tooLong.json.details.avatar_description[0].error, "ERR_TOO_LONG");
  const another = form(await picture(), {}, { field: "header" });
  const { json: renewed } = await alice.patch("/api/v1/profile", another);
  assert.deepEqual([renewed.avatar_description, renewed.header_description], ["A red kettle", ""]);
  assert.equal(document.json.image.url, json.header);

  assert.match((await alice.delete("/api/v1/profile/avatar")).json.avatar, /\/assets\/avatar\.png$/);
  assert.match((await alice.delete("/api/v1/profile/header")).json.header, /\/assets\/header\.png$/);
  const refused = await alice.patch(
    "/api/v1/accounts/update_credentials",
    form(new TextEncoder().encode("no picture"), { display_name: "B" }, { field: "avatar" }),
  );
  assert.equal(refused.status, 422);
  const { json: now } = await alice.get("/api/v1/accounts/verify_credentials");
  assert.deepEqual([now.display_name, now.avatar_description], ["A", ""], "all or nothing");
});

story("what nobody shows any more goes with its bytes, and nothing else does", async (world) => {
  const alice = await world.person("alice");
  const [loose, posted, deleted] = [await uploaded(alice), await uploaded(alice), await uploaded(alice)];
  await alice.says("Kept", { media_ids: [posted.id] });
  const { id } = await alice.says("Deleted", { media_ids: [deleted.id] });
  await alice.delete(`/api/v1/statuses/${id}?delete_media=true`);
  const data = (await picture()).slice();
  const { json: { avatar } } = await alice.patch(
    "/api/v1/accounts/update_credentials",
    form(data, {}, { field: "avatar" }),
  );
  await world.settle();
  const all = () =>
    Promise.all(
      [loose.url, posted.url, deleted.url, avatar].map(async (url) => (await bytesAt(world.url, url)).status),
    );

  await chores.sweep!.run(world.ctx);
  assert.deepEqual(await all(), [200, 200, 200, 200]);
  world.pass({ hours: 2 });
  await chores.sweep!.run(world.ctx);
  assert.deepEqual(await all(), [200, 200, 404, 200]);
  world.pass({ hours: 23 });
  await chores.sweep!.run(world.ctx);
  assert.deepEqual(await all(), [404, 200, 404, 200]);
  await alice.patch("/api/v1/accounts/update_credentials", form(data, {}, { field: "avatar" }));
  await chores.sweep!.run(world.ctx);
  assert.deepEqual(await all(), [404, 200, 404, 404]);
});

Deno.test("who asks only for media gets the posts that show some, in every list that can be asked so", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await alice.says("Words about #kea");
  const shown = await alice.says("A #kea", { media_ids: [(await uploaded(alice)).id] });
  await alice.post(`/api/v1/statuses/${shown.id}/reblog`);
  const lists = [
    "/api/v1/timelines/public",
    "/api/v1/timelines/tag/kea",
    `/api/v1/accounts/${alice.id}/statuses`,
  ];
  for (const path of lists) {
    const { json } = await alice.get(path, { only_media: "true" });
    assert.deepEqual(json.map((one: { id: string }) => one.id), [shown.id], path);
  }
});

Deno.test("a picture that is posted on one server is seen on the other as it was described", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  await both.follows(rimu, alice);
  const wide = await picture({ width: 90, height: 40 });
  await alice.patch(
    "/api/v1/accounts/update_credentials",
    form(wide, { avatar_description: "Red and blue" }, { field: "avatar" }),
  );
  const media = await uploaded(alice, wide, { description: "Red over blue", focus: "0.5,0.25" });
  const status = await alice.says("Look", { media_ids: [media.id] });
  await both.settle();

  const seen = await sees(rimu, status);
  const [there] = seen.media_attachments;
  assert.deepEqual(
    [there.type, there.remote_url, there.description, there.blurhash, there.meta.original, there.meta.focus],
    ["image", media.url, "Red over blue", media.blurhash, media.meta.original, media.meta.focus],
  );
  assert.ok(there.url.startsWith(`${both.there.ctx.config.baseUrl}/media/remote/attachment-`));
  assert.equal(seen.account.avatar_description, "Red and blue");
  assert.ok(seen.account.avatar.startsWith(`${both.there.ctx.config.baseUrl}/media/remote/avatar-`));
  const ours = await bytesAt(both.here.url, media.url);
  const through = await bytesAt(both.there.url, there.url);
  assert.deepEqual([through.status, through.headers.get("content-type")], [200, "image/jpeg"]);
  assert.deepEqual(through.bytes, ours.bytes);
  const small = await bytesAt(both.there.url, there.preview_url);
  assert.equal(small.headers.get("content-type"), "image/webp");
  assert.deepEqual([await colourAt(small.bytes, 5, 5), await colourAt(small.bytes, 5, 35)], [red, blue]);
  const avatar = await bytesAt(both.there.url, seen.account.avatar);
  assert.deepEqual(
    [avatar.status, (await sharp(avatar.bytes).metadata()).width],
    [200, 400],
  );

  await alice.put(`/api/v1/statuses/${status.id}`, {
    status: "Look",
    media_ids: [media.id],
    media_attributes: [{ id: media.id, description: "Blue under red" }],
  });
  await both.settle();
  assert.equal((await sees(rimu, status)).media_attachments[0].description, "Blue under red");
});
