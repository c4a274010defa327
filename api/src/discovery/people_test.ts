import assert from "node:assert/strict";
import type { Person } from "../../test/person.ts";
import { newWorld, type World } from "../../test/world.ts";
import { chores } from "./jobs.ts";

const names = (accounts: { acct: string }[]) => accounts.map(({ acct }) => acct);

async function people<Names extends string[]>(world: World, ...all: Names): Promise<Person[]> {
  const found = [];
  for (const name of all) {
    const person = await world.person(name);
    await person.patch("/api/v1/accounts/update_credentials", { discoverable: "true" });
    found.push(person);
  }
  return found;
}

Deno.test("the directory lists who lets themselves be listed, by who posted last or who is new", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = await people(world, "alice", "bob", "carol") as [Person, Person, Person];
  const shy = await world.person("shy");
  await bob.says("One");
  await alice.says("Two");
  await shy.says("Three");
  const list = async (query = "", who?: Person) =>
    names(
      (await (who ? who.get(`/api/v1/directory${query}`) : world.visit(`/api/v1/directory${query}`))).json,
    );

  assert.deepEqual(await list(), ["alice", "bob", "carol"]);
  assert.deepEqual(await list("?order=new&local=true"), ["carol", "bob", "alice"]);
  assert.deepEqual(await list("?order=nonsense&limit=1&offset=1"), ["bob"]);
  await carol.post(`/api/v1/accounts/${bob.id}/mute`);
  await alice.post(`/api/v1/accounts/${carol.id}/block`);
  assert.deepEqual(await list("", carol), ["carol"]);
  await world.pool.query("update accounts set suspended_at = now() where id = $1", [alice.id]);
  await world.pool.query("update accounts set domain = 'elsewhere.test' where id = $1", [bob.id]);
  assert.deepEqual(await list(), ["bob@elsewhere.test", "carol"]);
  assert.deepEqual(await list("?local=1"), ["carol"]);
  const cost = (limit: number) => world.countQueries(() => shy.get(`/api/v1/directory?limit=${limit}`));
  assert.equal(await cost(40), await cost(1));
});

Deno.test("members are told whom those follow whom they follow, then whom many follow, until they don't want to", async () => {
  await using world = await newWorld();
  const [alice, bob, carol, dave, erin] = await people(world, "alice", "bob", "carol", "dave", "erin") as [
    Person,
    Person,
    Person,
    Person,
    Person,
  ];
  const shy = await world.person("shy");
  const follow = (who: Person, ...whom: Person[]) =>
    Promise.all(whom.map(({ id }) => who.post(`/api/v1/accounts/${id}/follow`)));
  await follow(alice, bob);
  await follow(bob, carol, shy, alice);
  for (const person of [carol, dave, shy]) await follow(person, erin);
  await world.settle();
  await chores["count-followed"]!.run(world.ctx);

  const path = "/api/v2/suggestions";
  const { json } = await alice.get(path);
  assert.deepEqual(names(json.map(({ account }: { account: { acct: string } }) => account)), [
    "carol",
    "erin",
  ]);
  assert.deepEqual(
    json.map(({ source, sources }: { source: string; sources: string[] }) => [source, ...sources]),
    [["past_interactions", "friends_of_friends"], ["global", "most_followed"]],
  );
  assert.deepEqual(names((await alice.get("/api/v1/suggestions?limit=1")).json), ["carol"]);
  assert.deepEqual(names((await alice.get("/api/v1/suggestions")).json), ["carol", "erin"]);
  const cost = (limit: number) => world.countQueries(() => alice.get(`${path}?limit=${limit}`));
  assert.equal(await cost(40), await cost(1));

  assert.deepEqual((await alice.delete(`/api/v1/suggestions/${carol.id}`)).json, {});
  assert.deepEqual((await alice.delete(`/api/v1/suggestions/${carol.id}`)).json, {});
  assert.equal((await alice.delete("/api/v1/suggestions/nonsense")).status, 404);
  assert.deepEqual(names((await alice.get("/api/v1/suggestions")).json), ["erin"]);
  await follow(alice, erin);
  assert.deepEqual(names((await alice.get("/api/v1/suggestions")).json), []);
  await bob.patch("/api/v1/accounts/update_credentials", { hide_collections: "true" });
  await world.pool.query("delete from dismissed_suggestions");
  assert.deepEqual(
    names((await alice.get("/api/v1/suggestions")).json),
    [],
    "whom bob follows is his own matter",
  );
  assert.equal((await world.visit(path)).status, 401);
});
