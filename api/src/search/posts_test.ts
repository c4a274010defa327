import assert from "node:assert/strict";
import type { Person } from "../../test/person.ts";
import { newWorld } from "../../test/world.ts";

/** The ids of the posts that `who` finds. */
async function finds(who: Person, q: string, more = ""): Promise<string[]> {
  const { status, json } = await who.get(`/api/v2/search?q=${encodeURIComponent(q)}${more}`);
  assert.equal(status, 200, q);
  return json.statuses.map(({ id }: { id: string }) => id);
}

const indexable = { indexable: "true" };
const profile = "/api/v1/accounts/update_credentials";

Deno.test("members find posts by their words, whatever their case and accents", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await alice.patch(profile, indexable);
  const dessert = await alice.says("Crème brûlée at the Café. #Dessert");
  const warned = await alice.says("Nothing but the sea", { spoiler_text: "Holiday" });
  const asked = await alice.says("Well?", { poll: { options: ["Rhubarb", "Plum"], expires_in: 3600 } });
  await world.settle();

  const cases: [q: string, found: string[]][] = [
    ["creme", [dessert.id]],
    ["BRÛLÉE café", [dessert.id]],
    ["creme sea", []],
    ["creme or sea", [warned.id, dessert.id]],
    ['"at the cafe"', [dessert.id]],
    ['"cafe at the"', []],
    ["the -sea", [dessert.id]],
    ["#dessert", [dessert.id]],
    ["holiday", [warned.id]],
    ["rhubarb", [asked.id]],
    ["span", []],
    ["'", []],
    [":* & | ! (", []],
  ];
  for (const [q, found] of cases) assert.deepEqual(await finds(bob, q), found, q);
  assert.deepEqual((await world.visit("/api/v2/search?q=creme")).json.statuses, [], "strangers find none");

  await alice.put(`/api/v1/statuses/${dessert.id}`, { status: "Only a tart" });
  await alice.delete(`/api/v1/statuses/${warned.id}`);
  await world.settle();
  assert.deepEqual(await finds(bob, "creme or sea"), []);
  assert.deepEqual(await finds(bob, "tart"), [dessert.id]);
  assert.match((await bob.get("/api/v2/search?q=tart&type=accounts")).text, /"statuses":\[\]/);
});

Deno.test("posts are found by everybody only where their author says so, else by whom they have to do with", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = [
    await world.person("alice"),
    await world.person("bob"),
    await world.person("carol"),
  ];
  await carol.post(`/api/v1/accounts/${alice.id}/follow`);
  const open = await alice.says("walrus one");
  const closed = await alice.says("walrus two", { visibility: "private" });
  const mentioning = await alice.says("@bob walrus three", { visibility: "direct" });
  const unlisted = await alice.says("walrus four", { visibility: "unlisted" });
  await world.settle();
  assert.deepEqual(await finds(alice, "walrus"), [unlisted.id, mentioning.id, closed.id, open.id]);
  assert.deepEqual(await finds(bob, "walrus"), [mentioning.id]);
  assert.deepEqual(await finds(carol, "walrus"), []);

  await carol.post(`/api/v1/statuses/${open.id}/bookmark`);
  await carol.post(`/api/v1/statuses/${closed.id}/favourite`);
  await bob.post(`/api/v1/statuses/${unlisted.id}/reblog`);
  assert.deepEqual(await finds(carol, "walrus"), [closed.id, open.id]);
  assert.deepEqual(await finds(bob, "walrus"), [unlisted.id, mentioning.id]);
  await carol.post(`/api/v1/accounts/${alice.id}/unfollow`);
  assert.deepEqual(
    await finds(carol, "walrus"),
    [open.id],
    "what she may not see any more, she finds no more",
  );

  const dave = await world.person("dave");
  await alice.patch(profile, indexable);
  assert.deepEqual(await finds(dave, "walrus"), [open.id]);
  await dave.post(`/api/v1/accounts/${alice.id}/mute`);
  assert.deepEqual(await finds(dave, "walrus"), []);
  await dave.post(`/api/v1/accounts/${alice.id}/unmute`);
  await alice.post(`/api/v1/accounts/${dave.id}/block`);
  assert.deepEqual(await finds(dave, "walrus"), []);
  await world.pool.query("update accounts set suspended_at = now() where id = $1", [alice.id]);
  assert.deepEqual(await finds(bob, "walrus"), []);
});

Deno.test("found posts come by author, by page and by id, at the same cost for many as for one", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  for (const person of [alice, bob]) await person.patch(profile, indexable);
  const posts: string[] = [];
  for (const person of [alice, bob, alice, bob]) posts.unshift((await person.says("otter")).id);
  await world.settle();

  assert.deepEqual(await finds(bob, "otter"), posts);
  assert.deepEqual(await finds(bob, "otter", "&limit=2"), posts.slice(0, 2));
  assert.deepEqual(await finds(bob, "otter", "&limit=2&offset=2"), posts.slice(2));
  assert.deepEqual(await finds(bob, "otter", `&max_id=${posts[1]}`), posts.slice(2));
  assert.deepEqual(await finds(bob, "otter", `&min_id=${posts[2]}`), posts.slice(0, 2));
  assert.deepEqual(await finds(bob, "otter", `&account_id=${alice.id}`), [posts[1], posts[3]]);
  const cost = (limit: number) => world.countQueries(() => finds(bob, "otter", `&limit=${limit}`));
  assert.equal(await cost(40), await cost(1));
});
