import assert from "node:assert/strict";
import { complaintsAbout } from "../entities.ts";
import { picture } from "../pictures.ts";
import { newWorld } from "../world.ts";

/** What posts and accounts look like, and how they are sent. Each trap was met in a real client. */

Deno.test("clients take posts for what they look like", async (t) => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  const { baseUrl } = world.ctx.config;
  const post = await alice.says(
    "Hello @bob #tea https://example.org/a/rather/long/path/to/somewhere?with=more",
  );
  const { json: me } = await alice.get("/api/v1/accounts/verify_credentials");

  await t.step("trap 15: lists are there and never null", () => {
    for (const name of ["media_attachments", "mentions", "tags", "emojis"]) {
      assert.ok(Array.isArray(post[name]));
    }
    for (const name of ["fields", "emojis"]) assert.ok(Array.isArray(post.account[name]));
  });

  await t.step("trap 17: what is not there is null, and not left out", () => {
    for (const name of ["edited_at", "in_reply_to_id", "reblog", "poll", "card", "quote"]) {
      assert.equal(post[name], null, name);
    }
    assert.deepEqual(post.filtered, []);
    assert.deepEqual(complaintsAbout("Status", post), []);
  });

  await t.step(
    "trap 18: pictures are always addresses, texts never null, times exact and days days",
    async () => {
      const { json } = await world.visit(`/api/v1/accounts/${bob.id}`);
      assert.ok(URL.canParse(json.avatar) && URL.canParse(json.header));
      assert.deepEqual([json.note, json.last_status_at], ["", null]);
      assert.match(
        (await world.visit(`/api/v1/accounts/${alice.id}`)).json.last_status_at,
        /^\d{4}-\d\d-\d\d$/,
      );
      assert.match(post.created_at, /T\d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.match(me.created_at, /T00:00:00\.000Z$/);
    },
  );

  await t.step("trap 20: content is the markup that clients look for", () => {
    const { content } = post;
    assert.ok(content.includes('<span class="h-card"'), content);
    assert.match(content, /<a [^>]*class="u-url mention"/);
    assert.match(content, /<a [^>]*class="mention hashtag"[^>]*rel="tag"/);
    assert.match(content, /<span class="invisible">https:\/\/<\/span><span class="ellipsis">/);
    assert.match(content, /^<p>.*<\/p>$/);
  });

  await t.step(
    "trap 21: either address of a post or person leads to it, and its page is /@name/id",
    async () => {
      assert.equal(post.url, `${baseUrl}/@alice/${post.id}`);
      for (const address of [post.url, post.uri]) {
        const { json } = await bob.get("/api/v2/search", { q: address, resolve: "true" });
        assert.equal(json.statuses[0]?.id, post.id, address);
      }
      for (const address of [me.url, me.uri]) {
        const { json } = await bob.get("/api/v2/search", { q: address, resolve: "true" });
        assert.equal(json.accounts[0]?.id, alice.id, address);
      }
    },
  );

  await t.step(
    "trap 22: bodies are read alike as JSON, as forms and in parts, with or without a type",
    async () => {
      const asked = { status: "Tea?", "poll[options][]": ["a", "b"], "poll[expires_in]": "600" };
      const pairs = Object.entries({ ...asked, "poll[multiple]": "on", sensitive: "1" })
        .flatMap(([name, value]) => [value].flat().map((one) => [name, one] as [string, string]));
      const parts = new FormData();
      for (const [name, value] of pairs) parts.append(name, value);
      const poll = { options: ["a", "b"], expires_in: 600, multiple: true };
      const answers = [
        await alice.post("/api/v1/statuses", { status: "Tea?", poll, sensitive: true }),
        await alice.post("/api/v1/statuses", new URLSearchParams(pairs)),
        await alice.post("/api/v1/statuses", parts),
        await alice.send("POST", "/api/v1/statuses", new URLSearchParams(pairs), { "content-type": "" }),
      ];
      for (const { json } of answers) {
        assert.deepEqual([json.sensitive, json.poll.multiple, json.poll.options.length], [true, true, 2]);
      }
      const fields = { "fields_attributes[0][name]": "Tea", "fields_attributes[0][value]": "Green" };
      const { json } = await alice.patch(
        "/api/v1/accounts/update_credentials",
        new URLSearchParams({
          ...fields,
          locked: "true",
          "source[privacy]": "unlisted",
          "source[sensitive]": "1",
        }),
      );
      assert.deepEqual([json.fields[0].name, json.locked], ["Tea", true]);
      assert.deepEqual([json.source.privacy, json.source.sensitive], ["unlisted", true]);
      await alice.patch("/api/v1/accounts/update_credentials", {
        ...{ locked: false, source: { privacy: "public", sensitive: "off" } },
      });
      const several = await world.visit(`/api/v1/accounts?id[]=${alice.id}&id[]=${bob.id}`);
      assert.equal(several.json.length, 2);
    },
  );

  await t.step("trap 23: PUT and PATCH are the same; DELETE has a body or a query", async () => {
    const { json: list } = await alice.post("/api/v1/lists", { title: "A" });
    for (const method of ["PUT", "PATCH"]) {
      for (
        const [path, body] of [
          [`/api/v1/lists/${list.id}`, { title: method }],
          ["/api/v1/accounts/update_credentials", { display_name: method }],
          ["/api/v1/profile", { display_name: method }],
          ["/api/v1/notifications/policy", { filter_not_following: false }],
          ["/api/v2/notifications/policy", { for_not_following: "accept" }],
          [`/api/v1/statuses/${post.id}`, { status: `Hello, ${method}` }],
        ] as const
      ) assert.equal((await alice.send(method, path, body)).status, 200, `${method} ${path}`);
    }
    const blocked = async () => (await alice.get("/api/v1/domain_blocks")).json.length;
    for (const domain of ["a.test", "b.test"]) await alice.post("/api/v1/domain_blocks", { domain });
    await alice.delete("/api/v1/domain_blocks", new URLSearchParams({ domain: "a.test" }));
    assert.equal(await blocked(), 1);
    await alice.delete("/api/v1/domain_blocks?domain=b.test");
    assert.equal(await blocked(), 0);
  });

  await t.step("trap 32: a post that is sent twice under one key is one", async () => {
    const once = () => alice.post("/api/v1/statuses", { status: "Once" }, { "idempotency-key": "k1" });
    const [one, two] = [await once(), await once()];
    assert.deepEqual([one.status, two.status, two.json.id], [200, 200, one.json.id]);
  });

  await t.step("trap 42: emoji reactions speak three dialects, and count as favourites", async () => {
    const { json: instance } = await world.visit("/api/v1/instance");
    assert.deepEqual(instance.fedibird_capabilities, ["emoji_reaction"]);
    const { id } = await alice.says("Tea");
    const shown = [{ name: "🍵", count: 1, me: true }];
    for (
      const [put, path, back, end] of [
        ["PUT", "statuses/ID/emoji_reactions", "DELETE", "statuses/ID/emoji_reactions"],
        ["PUT", "pleroma/statuses/ID/reactions", "DELETE", "pleroma/statuses/ID/reactions"],
        ["POST", "statuses/ID/react", "POST", "statuses/ID/unreact"],
      ] as const
    ) {
      const at = (path: string) => `/api/v1/${path.replace("ID", id)}/${encodeURIComponent("🍵")}`;
      const { json: said } = await bob.send(put, at(path));
      assert.deepEqual([said.emoji_reactions, said.reactions, said.pleroma], [
        ...[shown, shown, { emoji_reactions: shown }],
      ]);
      assert.deepEqual([said.favourited, said.favourites_count], [true, 1]);
      const { json: taken } = await bob.send(back, at(end));
      assert.deepEqual([taken.reactions, taken.favourited, taken.favourites_count], [[], false, 0]);
    }
  });

  await t.step("trap 44: visibility is one of four", async () => {
    for (const visibility of ["public", "unlisted", "private", "direct"]) {
      assert.equal((await alice.says("x", { visibility })).visibility, visibility);
    }
    assert.equal((await alice.post("/api/v1/statuses", { status: "x", visibility: "limited" })).status, 422);
  });
});

Deno.test("clients upload media, and wait for it", async (t) => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const upload = async (path: string, more: Record<string, string> = {}) => {
    const form = new FormData();
    form.set("file", new File([await picture({ width: 300, height: 200, format: "png" })], "kea.png"));
    for (const [name, value] of Object.entries(more)) form.set(name, value);
    return await alice.post(path, form);
  };
  const { json: media } = await upload("/api/v2/media", { description: "A kea", focus: "-0.5,0.25" });

  await t.step("trap 35: pictures are done at once; once in a post they are no draft any more", async () => {
    for (const path of ["/api/v1/media", "/api/v2/media"]) {
      const { status, json } = await upload(path);
      assert.deepEqual([status, URL.canParse(json.url)], [200, true], path);
      assert.equal((await alice.get(`/api/v1/media/${json.id}`)).status, 200);
    }
    await alice.says("Look", { media_ids: [media.id] });
    assert.equal((await alice.get(`/api/v1/media/${media.id}`)).status, 404);
  });

  await t.step(
    "trap 36: focus and sizes are there, and a posted picture is edited with its post",
    async () => {
      assert.deepEqual(media.meta.focus, { x: -0.5, y: 0.25 });
      assert.deepEqual([media.meta.original.width, media.meta.original.height], [300, 200]);
      assert.ok(media.meta.small.width > 0);
      assert.equal((await alice.put(`/api/v1/media/${media.id}`, { description: "Late" })).status, 404);
      const { json: [post] } = await alice.get(`/api/v1/accounts/${alice.id}/statuses`);
      const { json: edited } = await alice.put(`/api/v1/statuses/${post.id}`, {
        ...{
          status: "Look",
          media_ids: [media.id],
          media_attributes: [{ id: media.id, description: "Kea" }],
        },
      });
      assert.equal(edited.media_attachments[0].description, "Kea");
    },
  );
});
