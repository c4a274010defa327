import assert from "node:assert/strict";
import { newWorld } from "../../test/world.ts";

const profile = "/api/v1/profile";

Deno.test("a profile is read and changed as its owner typed it, by PUT and PATCH alike", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");

  const { json: before } = await alice.get(profile);
  assert.deepEqual(before, {
    id: alice.id,
    display_name: "",
    note: "",
    fields: [],
    avatar: null,
    avatar_static: null,
    avatar_description: "",
    header: null,
    header_static: null,
    header_description: "",
    locked: false,
    bot: false,
    hide_collections: false,
    discoverable: false,
    indexable: false,
    show_media: true,
    show_media_replies: true,
    show_featured: true,
    attribution_domains: [],
    featured_tags: [],
  });

  const { json: put } = await alice.put(profile, {
    note: "Plays the *guitar*",
    fields_attributes: { 0: { name: "Site", value: "https://alice.test" } },
    show_media_replies: "0",
  });
  assert.equal(put.note, "Plays the *guitar*");
  assert.deepEqual(put.fields, [{ name: "Site", value: "https://alice.test", verified_at: null }]);
  const { json: patched } = await alice.patch(
    profile,
    new URLSearchParams([["attribution_domains[]", "https://Blog.example/about"], [
      "show_featured",
      "false",
    ]]),
  );
  assert.deepEqual(
    [patched.note, patched.show_media_replies, patched.show_featured, patched.attribution_domains],
    ["Plays the *guitar*", false, false, ["blog.example"]],
  );
  const { json: seen } = await world.visit(`/api/v1/accounts/${alice.id}`);
  assert.deepEqual([seen.show_media, seen.show_media_replies, seen.show_featured], [true, false, false]);
  const { json: own } = await alice.get("/api/v1/accounts/verify_credentials");
  assert.deepEqual(own.source.attribution_domains, ["blog.example"]);
  const { status, json: refused } = await alice.patch(profile, { attribution_domains: ["not a domain"] });
  assert.deepEqual([status, refused.details.attribution_domains[0].error], [422, "ERR_INVALID"]);
});

Deno.test("a profile shows the hashtags that its owner chose, with how much they used them", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await alice.says("A #Guitar for sale");
  await alice.says("Still here: #guitar, #strings", { visibility: "private" });
  await alice.says("Cables #strings");

  const { json: proposed } = await alice.get("/api/v1/featured_tags/suggestions");
  assert.deepEqual(proposed.map((tag: { name: string }) => tag.name), ["strings", "guitar"]);
  const { status, json: featured } = await alice.post("/api/v1/featured_tags", { name: "#Guitar" });
  assert.equal(status, 200);
  const today = world.ctx.now().toString().slice(0, 10);
  assert.deepEqual(featured, {
    id: featured.id,
    name: "Guitar",
    url: `${world.ctx.config.baseUrl}/tags/guitar`,
    statuses_count: "1",
    last_status_at: today,
  });
  assert.equal((await alice.post("/api/v1/featured_tags", { name: "GUITAR" })).json.id, featured.id);
  await alice.post("/api/v1/featured_tags", { name: "harp" });

  const { json: seen } = await world.visit(`/api/v1/accounts/${alice.id}/featured_tags`);
  assert.deepEqual(seen.map((tag: { name: string }) => tag.name), ["Guitar", "harp"]);
  assert.deepEqual(seen[1].last_status_at, null);
  assert.deepEqual((await alice.get(profile)).json.featured_tags, seen);
  const { json: document } = await world.visit(`/ap/actors/${alice.id}/collections/tags`, {
    headers: { accept: "application/activity+json" },
  });
  assert.equal(document.totalItems, 2);
  assert.deepEqual(document.items[0], { type: "Hashtag", href: featured.url, name: "#Guitar" });

  for (const name of ["", " ", "two words", "!?"]) {
    assert.equal((await alice.post("/api/v1/featured_tags", { name })).status, 422, JSON.stringify(name));
  }
  const many = await Promise.all(
    Array.from({ length: 10 }, (_, at) => alice.post("/api/v1/featured_tags", { name: `tag${at}` })),
  );
  assert.equal(many.filter((answer) => answer.status === 422).length, 2, "ten are the most");
  assert.equal((await bob.delete(`/api/v1/featured_tags/${featured.id}`)).status, 404);
  assert.deepEqual((await alice.delete(`/api/v1/featured_tags/${featured.id}`)).json, {});
  assert.equal((await alice.delete(`/api/v1/featured_tags/${featured.id}`)).status, 404);
});
