import assert from "node:assert/strict";
import { newWorld, tokenFor } from "../../test/world.ts";

const path = "/api/v1/accounts/update_credentials";

Deno.test("a profile is edited in JSON, as a form and in parts alike", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const multipart = new FormData();
  multipart.set("display_name", "Alice");
  multipart.set("fields_attributes[0][name]", "Home");
  multipart.set("fields_attributes[0][value]", "https://alice.test");
  multipart.set("source[privacy]", "unlisted");
  const bodies: Record<string, unknown> = {
    json: {
      display_name: "Alice",
      fields_attributes: [{ name: "Home", value: "https://alice.test" }],
      source: { privacy: "unlisted" },
    },
    map: {
      display_name: "Alice",
      fields_attributes: { 0: { name: "Home", value: "https://alice.test" } },
      source: { privacy: "unlisted" },
    },
    form: new URLSearchParams({
      display_name: "Alice",
      "fields_attributes[][name]": "Home",
      "fields_attributes[][value]": "https://alice.test",
      "source[privacy]": "unlisted",
    }),
    multipart,
  };

  for (const [kind, body] of Object.entries(bodies)) {
    await alice.patch(path, { display_name: "", fields_attributes: [], source: { privacy: "public" } });
    const { status, json } = await alice.patch(path, body);
    assert.equal(status, 200, kind);
    assert.equal(json.display_name, "Alice", kind);
    assert.deepEqual(json.source.fields.map((field: { value: string }) => field.value), [
      "https://alice.test",
    ]);
    assert.equal(json.source.privacy, "unlisted", kind);
  }
});

Deno.test("what an edit does not name stays", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await alice.patch(path, {
    display_name: "Alice",
    note: "Plays the guitar",
    locked: true,
    bot: "1",
    discoverable: "true",
    indexable: true,
    hide_collections: 1,
    source: { sensitive: "on", language: "de" },
  });

  const { json } = await alice.put(path, { display_name: "Alice!" });
  assert.deepEqual(
    [json.display_name, json.note, json.locked, json.bot, json.discoverable, json.indexable],
    ["Alice!", "<p>Plays the guitar</p>", true, true, true, true],
  );
  assert.deepEqual(
    [json.source.note, json.source.sensitive, json.source.language, json.source.hide_collections],
    ["Plays the guitar", true, "de", true],
  );
  const { json: back } = await alice.patch(path, { bot: false, source: { language: "" } });
  assert.deepEqual([back.bot, back.source.language, back.source.sensitive], [false, null, true]);
});

Deno.test("a bio is written by the rules of posts, and a row's links are its owner's own", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await world.person("bob");
  const { json } = await alice.patch(path, {
    note: "Friend of @bob and @nobody\n\n#guitars <script>alert(1)</script>",
    fields_attributes: [{ name: "Site <b>", value: "https://alice.test/a?b=1&c=2" }],
  });

  const { baseUrl } = world.ctx.config;
  assert.match(
    json.note,
    new RegExp(`<a href="${baseUrl}/@bob" class="u-url mention">@<span>bob</span></a>`),
  );
  assert.match(json.note, /and @nobody<\/p><p>/);
  assert.match(json.note, /class="mention hashtag" rel="tag">#<span>guitars<\/span>/);
  assert.match(json.note, /&lt;script&gt;/);
  const [field] = json.fields;
  assert.equal(field.name, "Site <b>");
  assert.match(
    field.value,
    /^<a href="https:\/\/alice.test\/a\?b=1&amp;c=2"[^>]* rel="me nofollow noopener"/,
  );
  assert.equal(field.verified_at, null);
});

Deno.test("what is too long or makes no sense is refused by its field, and nothing is changed", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const refused: [body: unknown, field?: string][] = [
    [{ display_name: "x".repeat(31), note: "new" }, "display_name"],
    [{ note: "x".repeat(501) }, "note"],
    [{ fields_attributes: Array(5).fill({ name: "a", value: "b" }) }, "fields"],
    [{ fields_attributes: [{ name: "", value: "b" }] }, "fields"],
    [{ fields_attributes: [{ name: "a", value: "x".repeat(256) }] }, "fields"],
    [{ display_name: { a: 1 } }],
    [{ fields_attributes: [1] }],
    [{ source: "public" }],
    [{ note: "new", source: { privacy: "everybody" } }],
    [{ note: "new", source: { language: "no such tongue" } }],
    [{ locked: [] }],
    [{ avatar: "data:image/png;base64,AAAA" }],
  ];
  for (const [body, field] of refused) {
    const { status, json } = await alice.patch(path, body);
    assert.equal(status, 422, JSON.stringify(body));
    assert.equal(typeof json.error, "string");
    if (field) assert.deepEqual(Object.keys(json.details), [field]);
  }
  const picture = new FormData();
  picture.set("avatar", new File(["x"], "me.png", { type: "image/png" }));
  assert.match((await alice.patch(path, picture)).json.error, /no picture/);

  const { json } = await alice.get("/api/v1/accounts/verify_credentials");
  assert.deepEqual([json.note, json.display_name, json.source.privacy], ["", "", "public"]);
});

Deno.test("a link counts as 23 characters of a bio, however long it is", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const link = `https://alice.test/${"x".repeat(1000)}`;
  assert.equal((await alice.patch(path, { note: `${"x".repeat(476)} ${link}` })).status, 200);
  assert.equal((await alice.patch(path, { note: `${"x".repeat(477)} ${link}` })).status, 422);
});

Deno.test("preferences are what the profile's source says", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await alice.patch(path, { source: { privacy: "private", sensitive: true, language: "de" } });
  const { json } = await alice.get("/api/v1/preferences");
  assert.deepEqual(json, {
    "posting:default:visibility": "private",
    "posting:default:sensitive": true,
    "posting:default:language": "de",
    "posting:default:quote_policy": "public",
    "reading:expand:media": "default",
    "reading:expand:spoilers": false,
    "reading:autoplay:gifs": false,
  });
  assert.equal((await alice.says("By default")).visibility, "private");
});

Deno.test("only a member's token that carries the scope sees or edits a profile's source", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const ask = async (scopes: string, method: string, path: string) => {
    const token = await tokenFor(world.ctx, alice.account, scopes);
    return (await world.visit(path, { method, headers: { authorization: `Bearer ${token}` } })).status;
  };
  assert.equal(await ask("profile", "GET", "/api/v1/accounts/verify_credentials"), 200);
  assert.equal(await ask("read:accounts", "GET", "/api/v1/accounts/verify_credentials"), 200);
  assert.equal(await ask("read:statuses", "GET", "/api/v1/accounts/verify_credentials"), 403);
  assert.equal(await ask("read", "PATCH", path), 403);
  assert.equal((await world.visit(path, { method: "PATCH" })).status, 401);
});
