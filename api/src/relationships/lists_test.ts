import assert from "node:assert/strict";
import type { Person } from "../../test/person.ts";
import { newWorld } from "../../test/world.ts";

const names = (accounts: { acct: string }[]) => accounts.map(({ acct }) => acct);

function follow(who: Person, whom: Person) {
  return who.post(`/api/v1/accounts/${whom.id}/follow`);
}

/** The paths of a `Link` header by their relation. */
function links(header: string | null): Record<string, string> {
  return Object.fromEntries([...(header ?? "").matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(([, url, rel]) => {
    const { pathname, search } = new URL(url!);
    return [rel!, pathname + search];
  }));
}

Deno.test("followers page by rows of their own, and the Link header leads both ways", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  for (const name of ["bob", "carol", "dave"]) await follow(await world.person(name), alice);
  const path = `/api/v1/accounts/${alice.id}/followers`;

  const first = await world.visit(`${path}?limit=2`);
  assert.deepEqual(names(first.json), ["dave", "carol"]);
  const { next, prev } = links(first.headers.get("link"));
  assert.match(next!, /limit=2&max_id=\d+$/);
  assert.match(prev!, /limit=2&since_id=\d+$/);

  const second = await world.visit(next!);
  assert.deepEqual(names(second.json), ["bob"]);
  assert.equal(links(second.headers.get("link")).next, undefined);
  assert.deepEqual((await world.visit(prev!)).json, []);
  await follow(await world.person("erin"), alice);
  assert.deepEqual(names((await world.visit(prev!)).json), ["erin"]);
});

Deno.test("who hides their follows shows them to nobody but themselves", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await follow(alice, bob);
  await follow(bob, alice);
  await alice.patch("/api/v1/accounts/update_credentials", { hide_collections: true });

  for (const list of ["followers", "following"]) {
    const path = `/api/v1/accounts/${alice.id}/${list}`;
    assert.deepEqual((await world.visit(path)).json, []);
    assert.deepEqual((await bob.get(path)).json, []);
    assert.deepEqual(names((await alice.get(path)).json), ["bob"]);
  }
});

Deno.test("whom an account blocks sees neither its followers nor whom it follows", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = [
    await world.person("alice"),
    await world.person("bob"),
    await world.person("carol"),
  ];
  await follow(alice, bob);
  await follow(bob, alice);
  await alice.post(`/api/v1/accounts/${carol.id}/block`);

  for (const list of ["followers", "following"]) {
    const path = `/api/v1/accounts/${alice.id}/${list}`;
    assert.deepEqual((await carol.get(path)).json, []);
    assert.deepEqual(names((await world.visit(path)).json), ["bob"]);
  }
});

Deno.test("in other people's lists nobody meets whom they have blocked or muted", async () => {
  await using world = await newWorld();
  const [alice, bob, carol, dave] = await Promise.all(
    ["alice", "bob", "carol", "dave"].map((name) => world.person(name)),
  );
  for (const person of [bob!, carol!, dave!]) await follow(person, alice!);
  await follow(bob!, carol!);
  await bob!.post(`/api/v1/accounts/${carol!.id}/mute`);
  await dave!.post(`/api/v1/accounts/${bob!.id}/block`);

  assert.deepEqual(names((await bob!.get(`/api/v1/accounts/${alice!.id}/followers`)).json), ["bob"]);
  assert.deepEqual(names((await bob!.get(`/api/v1/accounts/${bob!.id}/following`)).json), ["carol", "alice"]);
});

Deno.test("of strangers one learns who among one's own people follows them", async () => {
  await using world = await newWorld();
  const [alice, bob, carol, dave] = await Promise.all(
    ["alice", "bob", "carol", "dave"].map((name) => world.person(name)),
  );
  for (const whom of [bob!, carol!]) await follow(alice!, whom);
  for (const who of [bob!, carol!, dave!]) await follow(who, await world.person("erin"));
  await carol!.patch("/api/v1/accounts/update_credentials", { hide_collections: true });
  const erin = await world.person("erin");

  const path = "/api/v1/accounts/familiar_followers";
  const { json } = await alice!.get(`${path}?id[]=${erin.id}&id[]=${dave!.id}&id[]=abc`);
  assert.deepEqual(json.map(({ id }: { id: string }) => id), [erin.id, dave!.id]);
  assert.deepEqual(names(json[0].accounts), ["bob"]);
  assert.deepEqual(json[1].accounts, []);
  assert.deepEqual((await alice!.get(path)).json, []);
});

Deno.test("a page of followers costs the same number of queries for thirty as for one", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const others = await Promise.all(Array.from({ length: 30 }, (_, n) => world.person(`person_${n}`)));
  await Promise.all(others.map((other) => follow(other, alice)));
  const ask = (limit: number) =>
    world.countQueries(() => others[0]!.get(`/api/v1/accounts/${alice.id}/followers?limit=${limit}`));

  assert.equal(await ask(30), await ask(1));
  const ids = others.map(({ id }) => `id[]=${id}`).join("&");
  const all = await world.countQueries(() => alice.get(`/api/v1/accounts/relationships?${ids}`));
  const one = await world.countQueries(() => alice.get(`/api/v1/accounts/relationships?id[]=${alice.id}`));
  assert.equal(all, one);
});

Deno.test("bad paging is refused, and what is no id is passed by", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  for (const query of ["limit=-1", "limit=x", "max_id=x", "since_id[]=1&since_id[]=2", "min_id[a]=1"]) {
    const { status, json } = await alice.get(`/api/v1/accounts/${bob.id}/followers?${query}`);
    assert.equal(status, 400, query);
    assert.equal(typeof json.error, "string");
  }
  const odd = `id[]=abc&id[]=${bob.id}&id[]=1&id[]=&id[]=${bob.id}`;
  const { json } = await alice.get(`/api/v1/accounts/relationships?${odd}`);
  assert.deepEqual(json.map(({ id }: { id: string }) => id), [bob.id]);
  assert.deepEqual((await alice.get("/api/v1/accounts/relationships")).json, []);
  assert.equal((await alice.get("/api/v1/accounts/abc/followers")).status, 404);
});
