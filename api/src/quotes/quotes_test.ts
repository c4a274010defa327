import assert from "node:assert/strict";
import type { Person } from "../../test/person.ts";
import { newWorld } from "../../test/world.ts";

Deno.test("a post quotes another, whose author hears of it and may take it back", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const fine = await alice.says("A fine day");
  assert.deepEqual(fine.quote_approval, { automatic: ["public"], manual: [], current_user: "automatic" });
  const quoting = await bob.says("Indeed", { quoted_status_id: fine.id });
  assert.deepEqual([quoting.quote.state, quoting.quote.quoted_status.content], [
    "accepted",
    "<p>A fine day</p>",
  ]);
  const twice = await alice.says("He agrees", { quoted_status_id: quoting.id });
  assert.deepEqual(twice.quote.quoted_status.quote, { state: "accepted", quoted_status_id: fine.id });
  await world.settle();

  const { json: [told] } = await alice.get("/api/v1/notifications", { "types[]": "quote" });
  assert.deepEqual([told.status.id, told.account.username], [quoting.id, "bob"]);
  assert.deepEqual(await quotesOf(alice, fine), [quoting.id]);
  await alice.put(`/api/v1/statuses/${fine.id}`, { status: "A very fine day" });
  await world.settle();
  const { json: [changed] } = await bob.get("/api/v1/notifications", { "types[]": "quoted_update" });
  assert.deepEqual([changed.status.id, changed.account.username], [quoting.id, "alice"]);
  const { text } = await world.visit(`/@bob/${quoting.id}`);
  assert.match(text, /class="quoted"[^>]*aria-label="Quoted post by alice"[\s\S]*A very fine day/);

  assert.equal((await bob.post(`/api/v1/statuses/${fine.id}/quotes/${quoting.id}/revoke`)).status, 404);
  assert.equal((await alice.post(`/api/v1/statuses/${fine.id}/quotes/${fine.id}/revoke`)).status, 404);
  const { json } = await alice.post(`/api/v1/statuses/${fine.id}/quotes/${quoting.id}/revoke`);
  assert.deepEqual(json.quote, { state: "revoked", quoted_status: null });
  await world.settle();
  assert.deepEqual((await alice.get("/api/v1/notifications", { "types[]": "quote" })).json, []);
  assert.deepEqual(await quotesOf(alice, fine), []);
  assert.ok(!(await world.visit(`/@bob/${quoting.id}`)).text.includes("very fine"));
});

Deno.test("who may quote, favourite, answer and boost a post, its author says, also afterwards", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const mine = await alice.says("Mine", { quote_approval_policy: "nobody" });
  assert.deepEqual((await bob.get(`/api/v1/statuses/${mine.id}`)).json.quote_approval, {
    ...{ automatic: [], manual: [], current_user: "denied" },
  });
  const quote = (who: Person, of: { id: string }, more = {}) =>
    who.post("/api/v1/statuses", { status: "See this", quoted_status_id: of.id, ...more });
  assert.equal((await quote(bob, mine)).status, 404);
  assert.equal((await quote(alice, mine)).status, 200);

  const path = `/api/v1/statuses/${mine.id}/interaction_policy`;
  assert.equal((await bob.put(path, { quote_approval_policy: "public" })).status, 404);
  assert.equal((await alice.put(path, { quote_approval_policy: "everyone" })).status, 422);
  const { json: opened } = await alice.put(path, { quote_approval_policy: "followers" });
  assert.deepEqual(opened.quote_approval.automatic, ["followers"]);
  assert.equal((await quote(bob, mine)).status, 404);
  await bob.post(`/api/v1/accounts/${alice.id}/follow`);
  assert.equal((await quote(bob, mine)).status, 200);

  const policy = { can_favourite: { always: ["author"] }, can_reply: { automatic_approval: ["followers"] } };
  const strict = await alice.says("Only so", {
    interaction_policy: { ...policy, can_reblog: { always: ["following"] } },
  });
  const carol = await world.person("carol");
  const statuses = async (who: Person) => [
    (await who.post(`/api/v1/statuses/${strict.id}/favourite`)).status,
    (await who.post("/api/v1/statuses", { status: "Yes", in_reply_to_id: strict.id })).status,
    (await who.post(`/api/v1/statuses/${strict.id}/reblog`)).status,
  ];
  assert.deepEqual(await statuses(carol), [403, 403, 403]);
  assert.deepEqual(await statuses(bob), [403, 200, 403]);
  assert.deepEqual(await statuses(alice), [200, 200, 200]);
  await alice.post(`/api/v1/accounts/${carol.id}/follow`);
  assert.deepEqual(await statuses(carol), [403, 403, 200]);

  const hidden = await alice.says("Among us", { visibility: "private" });
  assert.equal((await quote(bob, hidden)).status, 404);
  const { json: own } = await quote(alice, hidden);
  assert.equal(own.visibility, "private");
  const direct = await quote(bob, await alice.says("Fine"), { visibility: "direct" });
  assert.equal(direct.status, 422);
});

Deno.test("a quote of what is gone, hidden or not wanted says so, and takes no more queries", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = [
    await world.person("alice"),
    await world.person("bob"),
    await world.person("carol"),
  ];
  const fine = await alice.says("A fine day");
  const quoting = await bob.says("Indeed", { quoted_status_id: fine.id });
  const state = async (who: Person) => (await who.get(`/api/v1/statuses/${quoting.id}`)).json.quote;
  await carol.post(`/api/v1/accounts/${bob.id}/follow`);
  const home = () => world.countQueries(() => carol.get("/api/v1/timelines/home"));
  const one = await home();
  for (let time = 0; time < 9; time++) await bob.says(`Once more ${time}`, { quoted_status_id: fine.id });
  assert.equal(await home(), one);

  await carol.post(`/api/v1/accounts/${alice.id}/mute`);
  assert.deepEqual(await state(carol), { state: "muted_account", quoted_status: null });
  await carol.post(`/api/v1/accounts/${alice.id}/unmute`);
  await carol.post(`/api/v1/accounts/${alice.id}/block`);
  assert.deepEqual(await state(carol), { state: "blocked_account", quoted_status: null });
  await carol.post(`/api/v1/accounts/${alice.id}/unblock`);
  await alice.post(`/api/v1/accounts/${carol.id}/block`);
  assert.deepEqual(await state(carol), { state: "unauthorized", quoted_status: null });
  assert.equal((await state(bob)).quoted_status.quotes_count, 10);
  await bob.delete(`/api/v1/statuses/${quoting.id}`);
  assert.equal((await alice.get(`/api/v1/statuses/${fine.id}`)).json.quotes_count, 9);

  const other = await bob.says("Indeed", { quoted_status_id: fine.id });
  await alice.delete(`/api/v1/statuses/${fine.id}`);
  const { json } = await bob.get(`/api/v1/statuses/${other.id}`);
  assert.deepEqual(json.quote, { state: "deleted", quoted_status: null });
});

async function quotesOf(who: Person, { id }: { id: string }): Promise<string[]> {
  const { json } = await who.get(`/api/v1/statuses/${id}/quotes`);
  return json.map((one: { id: string }) => one.id);
}
