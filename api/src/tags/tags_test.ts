import assert from "node:assert/strict";
import { signIn } from "../../test/browser.ts";
import { newWorld } from "../../test/world.ts";

Deno.test("public posts with a followed hashtag are in home, by whomever and once", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = [
    await world.person("alice"),
    await world.person("bob"),
    await world.person("carol"),
  ];
  const home = async (query = "") =>
    (await alice.get(`/api/v1/timelines/home${query}`)).json.map(({ id }: { id: string }) => id);
  const bread = await bob.says("Fresh #Bread and #butter");
  await bob.says("Nothing of it");
  await bob.says("#bread for friends", { visibility: "private" });
  await bob.says("#bread in silence", { visibility: "unlisted" });
  assert.deepEqual(await home(), []);

  const { json: tag } = await alice.post("/api/v1/tags/BREAD/follow");
  assert.equal(tag.name, "bread");
  assert.equal(tag.following, true);
  assert.equal(tag.featuring, false);
  assert.equal(tag.history.length, 7);
  await alice.post("/api/v1/tags/butter/follow");
  assert.deepEqual(await home(), [bread.id], "one post with two followed tags is there once");

  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  const own = await alice.says("Mine");
  const carols = await carol.says("#bread again");
  const all = await home();
  assert.deepEqual([all[0], all[1]], [carols.id, own.id]);
  assert.equal(new Set(all).size, all.length);
  assert.deepEqual(await home(`?limit=2&max_id=${carols.id}`), all.slice(1, 3));
  assert.deepEqual(await home(`?limit=1&min_id=${all[2]}`), [all[1]]);
  assert.deepEqual(await home(`?limit=1&since_id=${all[2]}`), [all[0]]);

  await alice.post(`/api/v1/accounts/${carol.id}/mute`);
  assert.ok(!(await home()).includes(carols.id), "whom one has muted is not let in by a tag");
  await alice.post(`/api/v1/accounts/${bob.id}/unfollow`);
  const { json: ended } = await alice.post("/api/v1/tags/bread/unfollow");
  assert.equal(ended.following, false);
  await alice.post("/api/v1/tags/butter/unfollow");
  assert.deepEqual(await home(), [own.id]);
});

Deno.test("members see which hashtags they follow, the last first; strangers see a tag alone", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  for (const name of ["one", "two", "käse"]) {
    assert.equal((await alice.post(`/api/v1/tags/${encodeURIComponent(name)}/follow`)).status, 200);
  }
  await alice.post("/api/v1/tags/one/follow"); // once more
  const first = await alice.get("/api/v1/followed_tags?limit=2");
  assert.deepEqual(first.json.map(({ name }: { name: string }) => name), ["käse", "two"]);
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link")!)![1]!;
  const { pathname, search } = new URL(next);
  assert.deepEqual((await alice.get(pathname + search)).json.map(({ name }: { name: string }) => name), [
    "one",
  ]);

  const seen = await world.visit("/api/v1/tags/%23Two");
  assert.equal(seen.json.name, "two");
  assert.equal(seen.json.following, false);
  assert.equal((await alice.get("/api/v1/tags/two")).json.following, true);
  const unused = await alice.get("/api/v1/tags/nobody_says_this");
  assert.deepEqual([unused.status, unused.json.name, unused.json.following], [
    200,
    "nobody_says_this",
    false,
  ]);
  assert.equal((await alice.post("/api/v1/tags/not%20a%20tag/follow")).status, 404);
  assert.equal((await alice.post("/api/v1/tags/nobody_says_that/unfollow")).json.following, false);
  const found = (await alice.get("/api/v2/search?q=two&type=hashtags")).json.hashtags;
  assert.deepEqual(found, [], "a tag that nobody has used in public is not found, though followed");
});

Deno.test("a hashtag's page has a button to follow it, and one to end that", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  await bob.says("Guten #Käse");
  const browser = await signIn(world, alice);
  const path = `/tags/${encodeURIComponent("käse")}`;
  const page = await browser.open(path);
  const followed = await browser.press(page, `${path}/follow`);
  assert.equal(followed.path, path);
  assert.match((await browser.open("/home")).html, /Guten/);
  await browser.press(followed, `${path}/unfollow`);
  assert.doesNotMatch((await browser.open("/home")).html, /Guten/);
  assert.doesNotMatch((await world.visit(path)).text, /\/follow"/);
});
