import assert from "node:assert/strict";
import { newWorld } from "../../test/world.ts";

Deno.test("favourites, boosts and bookmarks count once, however often they are sent", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  const post = await alice.says("Like me");
  const at = (verb: string) => `/api/v1/statuses/${post.id}/${verb}`;

  await Promise.all(
    ["favourite", "reblog", "bookmark"].flatMap((verb) =>
      Array.from({ length: 8 }, () => bob.post(at(verb)))
    ),
  );
  const { json: seen } = await bob.get(`/api/v1/statuses/${post.id}`);
  assert.deepEqual(
    [seen.favourites_count, seen.reblogs_count, seen.favourited, seen.reblogged, seen.bookmarked],
    [1, 1, true, true, true],
  );
  const { json: others } = await alice.get(`/api/v1/statuses/${post.id}`);
  assert.deepEqual([others.favourited, others.reblogged, others.bookmarked], [false, false, false]);

  await Promise.all(
    ["unfavourite", "unreblog", "unbookmark"].flatMap((verb) => [bob.post(at(verb)), bob.post(at(verb))]),
  );
  const { json: undone } = await bob.get(`/api/v1/statuses/${post.id}`);
  assert.deepEqual([undone.favourites_count, undone.reblogs_count, undone.reblogged], [0, 0, false]);
  assert.equal((await bob.get(`/api/v1/accounts/${bob.id}/statuses`)).json.length, 0);
});

Deno.test("a boost is a post of its own that shows the original", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  const post = await alice.says("Pass me on", { spoiler_text: "news" });
  const { json: boost } = await bob.post(`/api/v1/statuses/${post.id}/reblog`);

  assert.notEqual(boost.id, post.id);
  assert.equal(boost.account.acct, "bob");
  assert.equal(boost.reblog.id, post.id);
  assert.equal(boost.reblog.account.acct, "alice");
  assert.equal(boost.reblogged, true);
  assert.equal((await alice.post(`/api/v1/statuses/${boost.id}/favourite`)).json.id, post.id);

  const { json: boosters } = await world.visit(`/api/v1/statuses/${post.id}/reblogged_by`);
  assert.deepEqual(boosters.map((account: { acct: string }) => account.acct), ["bob"]);
  const { json: fans } = await world.visit(`/api/v1/statuses/${post.id}/favourited_by`);
  assert.deepEqual(fans.map((account: { acct: string }) => account.acct), ["alice"]);
});

Deno.test("only an author passes on what is not public, and never what is direct", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  await bob.post(`/api/v1/accounts/${alice.id}/follow`);
  const mine = await alice.says("For followers", { visibility: "private" });
  const direct = await alice.says("@bob", { visibility: "direct" });

  assert.equal((await bob.post(`/api/v1/statuses/${mine.id}/reblog`)).status, 403);
  assert.equal((await bob.post(`/api/v1/statuses/${direct.id}/reblog`)).status, 403);
  assert.equal((await alice.post(`/api/v1/statuses/${direct.id}/reblog`)).status, 403);
  const { json: own } = await alice.post(`/api/v1/statuses/${mine.id}/reblog`);
  assert.equal(own.visibility, "private");
});

Deno.test("favourites and bookmarks page by the order in which they were put there", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const posts = [];
  for (let n = 0; n < 5; n++) posts.push(await alice.says(`Post ${n}`));
  const order = [posts[3], posts[0], posts[4], posts[1], posts[2]];
  for (const post of order) await alice.post(`/api/v1/statuses/${post.id}/bookmark`);

  const newest = await alice.get("/api/v1/bookmarks", { limit: "2" });
  const ids = (answer: { json: { id: string }[] }) => answer.json.map((status) => status.id);
  assert.deepEqual(ids(newest), [posts[2].id, posts[1].id]);
  const next = newest.headers.get("link")!.match(/<([^>]+)>; rel="next"/)![1]!;
  assert.ok(
    next.startsWith(world.ctx.config.baseUrl),
    "links are made from BASE_URL, not from the Host header",
  );
  const older = await alice.get(new URL(next).pathname + new URL(next).search);
  assert.deepEqual(ids(older), [posts[4].id, posts[0].id]);
});
