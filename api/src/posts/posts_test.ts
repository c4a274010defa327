import assert from "node:assert/strict";
import { newWorld } from "../../test/world.ts";

Deno.test("a post says what its author wrote, in Mastodon's markup", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  const post = await alice.says("Hello @bob, see https://example.org/a/long/path/that/goes/on #Tea");

  assert.match(post.id, /^\d+$/);
  assert.equal(post.visibility, "public");
  assert.equal(post.account.acct, "alice");
  assert.match(post.content, /^<p>Hello <span class="h-card"/);
  assert.deepEqual(post.mentions.map((m: { acct: string }) => m.acct), ["bob"]);
  assert.deepEqual(post.tags, [{ name: "tea", url: `${world.ctx.config.baseUrl}/tags/tea` }]);
  assert.equal(post.url, `${world.ctx.config.baseUrl}/@alice/${post.id}`);
  assert.equal(post.uri, `${world.ctx.config.baseUrl}/ap/posts/${post.id}`);
  const seen = await bob.get(`/api/v1/statuses/${post.id}`);
  assert.equal(seen.status, 200);
  assert.deepEqual(seen.json.content, post.content);
});

Deno.test("what is empty, too long or nonsense is refused, and nothing is posted", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const cases: [unknown, number][] = [
    [{ status: "" }, 422],
    [{ status: "   \n" }, 422],
    [{}, 422],
    [{ status: "x".repeat(5_001) }, 422],
    [{ status: "x", spoiler_text: "y".repeat(5_000) }, 422],
    [{ status: "x", visibility: "everyone" }, 422],
    [{ status: "x", language: "no such language" }, 422],
    [{ status: { a: 1 } }, 422],
    [{ status: ["a", "b"] }, 422],
    [{ status: "x", in_reply_to_id: "999" }, 404],
    [{ status: "x", in_reply_to_id: "not an id" }, 404],
    [{ status: "x", in_reply_to_id: "99999999999999999999" }, 404],
    [{ __proto__: { status: "x" } }, 422],
    [[1, 2], 400],
  ];
  for (const [body, expected] of cases) {
    const { status, json } = await alice.post("/api/v1/statuses", body);
    assert.equal(status, expected, `${JSON.stringify(body)?.slice(0, 60)} → ${JSON.stringify(json)}`);
    assert.equal(typeof json.error, "string");
  }
  const broken = await alice.send("POST", "/api/v1/statuses", new URLSearchParams("status=x&status[a]=y"));
  assert.ok(broken.status < 500);
  const { json } = await alice.get(`/api/v1/accounts/${alice.id}`);
  assert.ok(json === undefined || json.statuses_count <= 1);
});

Deno.test("twenty equal requests with one idempotency key make one post", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const answers = await Promise.all(
    Array.from(
      { length: 20 },
      () => alice.post("/api/v1/statuses", { status: "Once" }, { "idempotency-key": "the same" }),
    ),
  );
  assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [200]);
  assert.equal(new Set(answers.map((answer) => answer.json.id)).size, 1);
  const other = await alice.post("/api/v1/statuses", { status: "Twice" }, { "idempotency-key": "another" });
  assert.notEqual(other.json.id, answers[0]!.json.id);
});

Deno.test("an edit keeps how the post read before", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  const post = await alice.says("First #one");
  assert.equal((await bob.put(`/api/v1/statuses/${post.id}`, { status: "Mine now" })).status, 404);

  const edited = await alice.put(`/api/v1/statuses/${post.id}`, {
    status: "Second #two",
    spoiler_text: "careful",
  });
  assert.equal(edited.status, 200);
  assert.match(edited.json.content, /Second/);
  assert.ok(edited.json.edited_at);
  assert.equal(edited.json.sensitive, true);
  assert.deepEqual(edited.json.tags.map((tag: { name: string }) => tag.name), ["two"]);

  const { json: history } = await bob.get(`/api/v1/statuses/${post.id}/history`);
  assert.deepEqual(history.map((version: { spoiler_text: string }) => version.spoiler_text), ["", "careful"]);
  assert.match(history[0].content, /First/);
  const { json: source } = await alice.get(`/api/v1/statuses/${post.id}/source`);
  assert.deepEqual(source, { id: post.id, text: "Second #two", spoiler_text: "careful" });

  await alice.put(`/api/v1/statuses/${post.id}`, { status: "Second #two", spoiler_text: "careful" });
  assert.equal(
    (await bob.get(`/api/v1/statuses/${post.id}/history`)).json.length,
    2,
    "no change, no version",
  );
});

Deno.test("a deleted post is gone with its boosts, and its answers stay", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  const post = await alice.says("Going");
  const answer = await bob.says("Staying", { in_reply_to_id: post.id });
  const boost = await bob.post(`/api/v1/statuses/${post.id}/reblog`);
  assert.equal((await bob.delete(`/api/v1/statuses/${post.id}`)).status, 404, "only its author deletes it");

  const deleted = await alice.delete(`/api/v1/statuses/${post.id}`);
  assert.equal(deleted.status, 200);
  assert.equal(deleted.json.text, "Going");
  for (const id of [post.id, boost.json.id]) {
    assert.equal((await bob.get(`/api/v1/statuses/${id}`)).status, 404);
  }
  const { json: left } = await bob.get(`/api/v1/statuses/${answer.id}`);
  assert.equal(left.in_reply_to_id, null);
  assert.equal((await alice.delete(`/api/v1/statuses/${post.id}`)).status, 404);
  assert.equal(left.account.statuses_count, 1);
});

Deno.test("a conversation is shown whole, in its order, without what is not the viewer's", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  const root = await alice.says("Root");
  const first = await bob.says("First", { in_reply_to_id: root.id });
  const second = await alice.says("Second", { in_reply_to_id: root.id });
  const below = await alice.says("Below the first", { in_reply_to_id: first.id });
  const secret = await bob.says("@alice only you", { in_reply_to_id: root.id, visibility: "direct" });

  const ids = (list: { id: string }[]) => list.map((status) => status.id);
  const whole = await alice.get(`/api/v1/statuses/${root.id}/context`);
  assert.deepEqual(ids(whole.json.descendants), [first.id, below.id, second.id, secret.id]);
  const outside = await world.visit(`/api/v1/statuses/${root.id}/context`);
  assert.deepEqual(ids(outside.json.descendants), [first.id, below.id, second.id]);
  const from = await bob.get(`/api/v1/statuses/${below.id}/context`);
  assert.deepEqual(ids(from.json.ancestors), [root.id, first.id]);
  assert.equal((await bob.get(`/api/v1/statuses/${root.id}`)).json.replies_count, 3);
});

Deno.test("a profile shows at most five pinned posts, each of them its owner's", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  const posts = [];
  for (let n = 0; n < 6; n++) posts.push(await alice.says(`Post ${n}`));
  const direct = await alice.says("@bob psst", { visibility: "direct" });

  const pinned = await Promise.all(posts.map((post) => alice.post(`/api/v1/statuses/${post.id}/pin`)));
  assert.deepEqual(pinned.map((answer) => answer.status).sort(), [200, 200, 200, 200, 200, 422]);
  assert.equal((await bob.post(`/api/v1/statuses/${posts[0]!.id}/pin`)).status, 422);
  assert.equal((await alice.post(`/api/v1/statuses/${direct.id}/pin`)).status, 422);

  const one = pinned.find((answer) => answer.status === 200)!.json;
  assert.equal(one.pinned, true);
  const shown = () => world.visit(`/api/v1/accounts/${alice.id}/statuses?pinned=true`);
  assert.equal((await shown()).json.length, 5);
  assert.equal((await alice.post(`/api/v1/statuses/${one.id}/unpin`)).json.pinned, false);
  assert.equal((await shown()).json.length, 4);
});
