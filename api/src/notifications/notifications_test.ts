import assert from "node:assert/strict";
import type { Person } from "../../test/person.ts";
import { newWorld, tokenFor, type World } from "../../test/world.ts";
import { suspend } from "../accounts/suspend.ts";
import { listeners } from "./jobs.ts";

/** What happened when this post was made, which mentions somebody. */
function mentioning({ id }: { id: string }) {
  const mentions = { hasMentions: true, isAwaited: false };
  return { postId: id, isLocal: true, hasLinks: true, visibility: "public", ...mentions };
}

/** Everything a person was told, the latest first, such as `favourite by bob about 123`. */
async function heard(who: Person, query = ""): Promise<string[]> {
  const { json } = await who.get(`/api/v1/notifications${query}`);
  return json.map((
    { type, account, status }: { type: string; account: { acct: string }; status?: { id: string } },
  ) => `${type} by ${account.acct}${status ? ` about ${status.id}` : ""}`);
}

async function cast(world: World): Promise<[alice: Person, bob: Person, carol: Person]> {
  return [await world.person("alice"), await world.person("bob"), await world.person("carol")];
}

Deno.test("a member hears what others do that concerns them, and nothing of what they do themselves", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = await cast(world);
  const post = await alice.says("Hello");
  await bob.post(`/api/v1/accounts/${alice.id}/follow`);
  await world.settle();
  for (const person of [alice, bob]) {
    await person.post(`/api/v1/statuses/${post.id}/favourite`);
    await person.post(`/api/v1/statuses/${post.id}/reblog`);
    await world.settle();
  }
  const answer = await carol.says("Hi @alice and @carol", { in_reply_to_id: post.id });
  await world.settle();

  assert.deepEqual((await heard(alice)).toSorted(), [
    `favourite by bob about ${post.id}`,
    "follow by bob",
    `mention by carol about ${answer.id}`,
    `reblog by bob about ${post.id}`,
  ]);
  assert.deepEqual(await heard(bob), []);
  assert.deepEqual(await heard(carol), []);
});

Deno.test("what was taken back is told no more", async () => {
  await using world = await newWorld();
  const [alice, bob] = await cast(world);
  const post = await alice.says("Hello");
  const acts = [
    [`statuses/${post.id}/favourite`, `statuses/${post.id}/unfavourite`],
    [`statuses/${post.id}/reblog`, `statuses/${post.id}/unreblog`],
    [`accounts/${alice.id}/follow`, `accounts/${alice.id}/unfollow`],
  ] as const;
  for (const [act] of acts) await bob.post(`/api/v1/${act}`);
  const mention = await bob.says("@alice");
  await world.settle();
  assert.equal((await heard(alice)).length, 4);

  for (const [, undo] of acts) await bob.post(`/api/v1/${undo}`);
  await bob.delete(`/api/v1/statuses/${mention.id}`);
  await world.settle();
  assert.deepEqual(await heard(alice), []);
});

Deno.test("what was taken back before anybody was told is never told", async () => {
  await using world = await newWorld();
  const [alice, bob] = await cast(world);
  const post = await alice.says("Hello");
  await bob.post(`/api/v1/statuses/${post.id}/favourite`);
  await bob.post(`/api/v1/statuses/${post.id}/unfavourite`);
  await world.settle();
  await listeners["post.favourited"]!(world.ctx, { postId: post.id, accountId: bob.id });
  assert.deepEqual(await heard(alice), []);
});

Deno.test("a listener that runs twice tells once", async () => {
  await using world = await newWorld();
  const [alice, bob] = await cast(world);
  const post = await bob.says("@alice");
  await world.settle();
  await listeners["post.created"]!(world.ctx, mentioning(post));
  assert.equal((await heard(alice)).length, 1);
});

Deno.test("a follow request is told until it is answered; then the follow is", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = await cast(world);
  await alice.patch("/api/v1/accounts/update_credentials", { locked: true });
  for (const person of [bob, carol]) await person.post(`/api/v1/accounts/${alice.id}/follow`);
  await world.settle();
  assert.deepEqual((await heard(alice)).toSorted(), ["follow_request by bob", "follow_request by carol"]);

  await alice.post(`/api/v1/follow_requests/${bob.id}/authorize`);
  await alice.post(`/api/v1/follow_requests/${carol.id}/reject`);
  await world.settle();
  assert.deepEqual(await heard(alice), ["follow by bob"]);
});

Deno.test("who asked to hear of every post hears of posts, not of answers to others or boosts", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = await cast(world);
  await bob.post(`/api/v1/accounts/${alice.id}/follow`, { notify: true });
  await carol.post(`/api/v1/accounts/${alice.id}/follow`);
  const carols = await carol.says("Mine");
  const told = [await alice.says("One"), await alice.says("Two", { visibility: "private" })];
  told.push(await alice.says("More", { in_reply_to_id: told[0].id }));
  await alice.says("An answer", { in_reply_to_id: carols.id });
  await alice.says("To nobody", { visibility: "direct" });
  await alice.post(`/api/v1/statuses/${carols.id}/reblog`);
  const mention = await alice.says("@bob");
  await world.settle();

  const posts = (await heard(bob)).toSorted();
  assert.deepEqual(
    posts,
    [...told.map(({ id }) => `status by alice about ${id}`), `mention by alice about ${mention.id}`]
      .toSorted(),
  );
  assert.ok((await heard(carol)).every((line) => !line.startsWith("status")));
});

Deno.test("who boosted a post hears that it was edited, and newly mentioned people of their mention", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = await cast(world);
  const post = await alice.says("Helo");
  await bob.post(`/api/v1/statuses/${post.id}/reblog`);
  await alice.put(`/api/v1/statuses/${post.id}`, { status: "Hello @carol" });
  await world.settle();
  assert.deepEqual(await heard(bob), [`update by alice about ${post.id}`]);
  assert.deepEqual(await heard(carol), [`mention by alice about ${post.id}`]);

  const [{ id: first }] = (await bob.get("/api/v1/notifications")).json;
  world.pass({ seconds: 1 });
  await alice.put(`/api/v1/statuses/${post.id}`, { status: "Hello, @carol" });
  await world.settle();
  const { json } = await bob.get("/api/v1/notifications");
  assert.equal(json.length, 1, "only the last edit is news");
  assert.notEqual(json[0].id, first);
});

Deno.test("nobody hears of whom they keep away", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = await cast(world);
  const dave = await world.person("dave");
  const post = await alice.says("Hello");
  await alice.post(`/api/v1/accounts/${bob.id}/mute`);
  await alice.post(`/api/v1/accounts/${carol.id}/mute`, { notifications: false });
  for (const person of [bob, carol, dave]) await person.post(`/api/v1/statuses/${post.id}/favourite`);
  await suspend(world.ctx, dave.account);
  await world.settle();
  assert.deepEqual(await heard(alice), [`favourite by carol about ${post.id}`]);

  const mention = await carol.says("@alice");
  await carol.post(`/api/v1/accounts/${alice.id}/block`);
  await world.settle();
  assert.deepEqual(await heard(alice), []);
  await listeners["post.created"]!(world.ctx, mentioning(mention));
  assert.deepEqual(await heard(alice), []);
});

Deno.test("a notification about a post that was hidden meanwhile is not shown", async () => {
  await using world = await newWorld();
  const [alice, bob] = await cast(world);
  await bob.post(`/api/v1/accounts/${alice.id}/follow`, { notify: true });
  await alice.says("For followers", { visibility: "private" });
  await world.settle();
  const [{ id }] = (await bob.get("/api/v1/notifications")).json;
  assert.equal((await bob.get(`/api/v1/notifications/${id}`)).status, 200);

  await bob.post(`/api/v1/accounts/${alice.id}/unfollow`);
  assert.deepEqual(await heard(bob), []);
  assert.equal((await bob.get(`/api/v1/notifications/${id}`)).status, 404);
  assert.deepEqual((await bob.get("/api/v1/notifications/unread_count")).json, { count: 0 });
});

Deno.test("apps ask for the types they know; types that we do not know are passed by", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = await cast(world);
  const post = await alice.says("Hello");
  await bob.post(`/api/v1/accounts/${alice.id}/follow`);
  await carol.post(`/api/v1/statuses/${post.id}/favourite`);
  await world.settle();
  const [follow, favourite] = ["follow by bob", `favourite by carol about ${post.id}`];

  const asked: [query: string, expected: string[]][] = [
    ["?types[]=follow", [follow]],
    ["?types=follow", [follow]],
    ["?types[]=follow&types[]=favourite&types[]=pleroma:emoji_reaction", [favourite, follow]],
    ["?types[]=pleroma:emoji_reaction", []],
    ["?exclude_types[]=follow&exclude_types[]=nonsense", [favourite]],
    ["?types[]=follow&exclude_types[]=follow", []],
    [`?account_id=${carol.id}`, [favourite]],
  ];
  for (const [query, expected] of asked) {
    assert.deepEqual((await heard(alice, query)).toSorted(), expected.toSorted(), query);
  }
  for (const query of ["?account_id=abc", "?account_id[]=1&account_id[]=2"]) {
    assert.equal((await alice.get(`/api/v1/notifications${query}`)).status, 404, query);
  }
  assert.equal((await alice.get("/api/v1/notifications?limit=-1")).status, 400);
  assert.equal((await alice.get("/api/v1/notifications?types[][a]=b")).status, 422);
});

Deno.test("notifications page by Link in both directions, at the same cost for many as for one", async () => {
  await using world = await newWorld();
  const [alice, bob] = await cast(world);
  const posts = [];
  for (const text of ["a", "b", "c", "d"]) posts.push(await bob.says(`@alice ${text}`));
  await world.settle();

  const first = await alice.get("/api/v1/notifications?limit=2&types[]=mention");
  const [newest, second] = first.json.map(({ id }: { id: string }) => id);
  const base = `${world.ctx.config.baseUrl}/api/v1/notifications?limit=2&types%5B%5D=mention`;
  assert.equal(
    first.headers.get("link"),
    `<${base}&max_id=${second}>; rel="next", <${base}&min_id=${newest}>; rel="prev"`,
  );
  const older = await alice.get(`/api/v1/notifications?limit=2&max_id=${second}`);
  assert.equal(older.json.length, 2);
  const oldest = older.json.at(-1).id;
  const next = await alice.get(`/api/v1/notifications?limit=1&min_id=${oldest}`);
  assert.deepEqual(next.json.map(({ id }: { id: string }) => id), [older.json[0].id]);

  const cost = (limit: number) => world.countQueries(() => alice.get(`/api/v1/notifications?limit=${limit}`));
  assert.equal(await cost(4), await cost(1));
});

Deno.test("notifications are shown, dismissed and cleared by their owner alone", async () => {
  await using world = await newWorld();
  const [alice, bob] = await cast(world);
  await bob.says("@alice one");
  await bob.says("@alice two");
  await world.settle();
  const [{ id, group_key }] = (await alice.get("/api/v1/notifications")).json;
  assert.equal(group_key, `ungrouped-${id}`);

  assert.equal((await bob.get(`/api/v1/notifications/${id}`)).status, 404);
  assert.equal((await bob.post(`/api/v1/notifications/${id}/dismiss`)).status, 404);
  await bob.post("/api/v1/notifications/clear");
  assert.equal((await heard(alice)).length, 2);
  for (const odd of ["1", "abc", "99999999999999999999"]) {
    assert.equal((await alice.get(`/api/v1/notifications/${odd}`)).status, 404);
    assert.equal((await alice.post(`/api/v1/notifications/${odd}/dismiss`)).status, 404);
  }

  const { status, json } = await alice.post(`/api/v1/notifications/${id}/dismiss`);
  assert.deepEqual([status, json], [200, {}]);
  assert.equal((await heard(alice)).length, 1);
  await alice.post("/api/v1/notifications/clear");
  assert.deepEqual(await heard(alice), []);

  const token = await tokenFor(world.ctx, alice.account, "read:statuses write:statuses");
  for (const [method, path] of [["GET", ""], ["GET", "/unread_count"], ["POST", "/clear"]]) {
    const headers = { authorization: `Bearer ${token}` };
    assert.equal((await world.visit(`/api/v1/notifications${path}`, { method, headers })).status, 403);
  }
});
