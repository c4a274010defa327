import assert from "node:assert/strict";
import { newWorld } from "../../test/world.ts";

Deno.test("direct messages are listed by conversation, for each who takes part, and stay unread until they are read", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = [
    await world.person("alice"),
    await world.person("bob"),
    await world.person("carol"),
  ];
  const list = async (who: typeof alice, query = "") => (await who.get(`/api/v1/conversations${query}`)).json;
  const first = await bob.says("@alice are you there?", { visibility: "direct" });
  await bob.says("@alice in public");
  await world.settle();
  const [bobs] = await list(alice);
  assert.equal((await list(alice)).length, 1);
  assert.deepEqual([bobs.unread, bobs.last_status.id], [true, first.id]);
  assert.deepEqual(bobs.accounts.map(({ acct }: { acct: string }) => acct), ["bob"]);
  assert.deepEqual((await list(bob)).map(({ unread }: { unread: boolean }) => unread), [false]);
  assert.deepEqual(await list(carol), []);

  const { json: read } = await alice.post(`/api/v1/conversations/${bobs.id}/read`);
  assert.deepEqual([read.id, read.unread], [bobs.id, false]);
  const answer = await alice.says("@bob yes", { visibility: "direct", in_reply_to_id: first.id });
  await world.settle();
  assert.deepEqual(
    (await list(bob)).map((
      one: { unread: boolean; last_status: { id: string } },
    ) => [one.unread, one.last_status.id]),
    [[true, answer.id]],
  );
  const note = await alice.says("To myself", { visibility: "direct" });
  const later = await carol.says("@alice hello", { visibility: "direct" });
  await world.settle();
  const all = await list(alice);
  assert.deepEqual(all.map((one: { last_status: { id: string } }) => one.last_status.id), [
    later.id,
    note.id,
    answer.id,
  ]);
  assert.deepEqual(all[1].accounts.map(({ acct }: { acct: string }) => acct), ["alice"]);
  const page = await alice.get("/api/v1/conversations?limit=2");
  const next = new URL(/<([^>]+)>; rel="next"/.exec(page.headers.get("link")!)![1]!);
  assert.equal(next.searchParams.get("max_id"), note.id, "pages go by last posts");
  assert.deepEqual((await list(alice, next.search)).map(({ id }: { id: string }) => id), [bobs.id]);

  assert.equal((await carol.post(`/api/v1/conversations/${bobs.id}/read`)).status, 404);
  assert.equal((await carol.delete(`/api/v1/conversations/${bobs.id}`)).status, 404);
  assert.deepEqual((await alice.delete(`/api/v1/conversations/${bobs.id}`)).json, {});
  assert.equal((await list(alice)).length, 2);
  assert.equal((await list(bob)).length, 1, "it is gone for one alone");
  await bob.says("@alice still there?", { visibility: "direct", in_reply_to_id: first.id });
  await world.settle();
  assert.equal((await list(alice)).length, 3, "and comes back with the next word");
});

Deno.test("a conversation ends with what was said before, once its last post is deleted, and nobody is led to whom they block", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const list = async () =>
    (await alice.get("/api/v1/conversations")).json.map((one: { last_status: { id: string } }) =>
      one.last_status.id
    );
  const first = await bob.says("@alice one", { visibility: "direct" });
  const second = await bob.says("@alice two", { visibility: "direct", in_reply_to_id: first.id });
  await world.settle();
  assert.deepEqual(await list(), [second.id]);
  await bob.delete(`/api/v1/statuses/${second.id}`);
  await world.settle();
  assert.deepEqual(await list(), [first.id]);
  await alice.post(`/api/v1/accounts/${bob.id}/mute`);
  assert.deepEqual(await list(), []);
  await alice.post(`/api/v1/accounts/${bob.id}/unmute`);
  await bob.delete(`/api/v1/statuses/${first.id}`);
  await world.settle();
  assert.deepEqual(await list(), []);
  assert.deepEqual((await world.pool.query("select 1 from conversations")).rows, []);
});

Deno.test("a message from another server is a conversation here", async () => {
  await using here = await newWorld();
  await using there = await newWorld();
  const [alice, rimu] = [await here.person("alice"), await there.person("rimu")];
  const handle = `@alice@${here.ctx.config.handleDomain}`;
  await rimu.get(`/api/v2/search?q=${handle}&resolve=true&type=accounts`);
  await rimu.says(`${handle} hello from elsewhere`, { visibility: "direct" });
  await here.settle();
  const { json: [one] } = await alice.get("/api/v1/conversations");
  assert.deepEqual([one.unread, one.accounts[0].username], [true, "rimu"]);
  assert.match(one.last_status.content, /hello from elsewhere/);
});
