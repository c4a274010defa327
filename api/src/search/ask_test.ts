import assert from "node:assert/strict";
import { newElsewhere } from "../../test/elsewhere.ts";
import { newNeighbours } from "../../test/neighbours.ts";
import type { Person } from "../../test/person.ts";
import { newWorld } from "../../test/world.ts";

async function finds(who: Person, q: string, resolve = "true") {
  const { json } = await who.get("/api/v2/search", { q, resolve });
  return {
    accounts: json.accounts.map(({ acct }: { acct: string }) => acct),
    posts: json.statuses.map(({ uri }: { uri: string }) => uri),
  };
}

Deno.test("a member finds people of servers that nobody here knows, by handle and by address", async () => {
  await using both = await newNeighbours();
  const { here, there } = both;
  const alice = await here.person("alice");
  const people = await Promise.all(["rimu", "totara", "matai"].map((name) => there.person(name)));
  const [rimu, totara, matai] = people as [Person, Person, Person];
  const domain = there.ctx.config.handleDomain;

  assert.deepEqual((await finds(alice, `@rimu@${domain}`, "false")).accounts, []);
  assert.deepEqual((await finds(alice, `@rimu@${domain}`)).accounts, [`rimu@${domain}`]);
  assert.deepEqual((await finds(alice, `rimu@${domain}`, "false")).accounts, [`rimu@${domain}`], "known now");
  assert.deepEqual((await finds(alice, totara.account.url)).accounts, [`totara@${domain}`]);
  assert.deepEqual((await finds(alice, matai.account.uri)).accounts, [`matai@${domain}`]);
  assert.deepEqual((await finds(alice, rimu.account.uri, "false")).accounts, [`rimu@${domain}`]);
  assert.deepEqual((await finds(alice, `@nobody@${domain}`)).accounts, []);

  const { json } = await alice.get("/api/v1/accounts/search", { q: `@totara@${domain}`, resolve: "true" });
  assert.deepEqual(json.map(({ acct }: { acct: string }) => acct), [`totara@${domain}`]);
});

Deno.test("a member finds a post by its address, if everybody may see it", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  const [shown, hidden] = [await rimu.says("Kia ora"), await rimu.says("Hush", { visibility: "private" })];
  assert.deepEqual((await finds(alice, shown.url, "false")).posts, []);
  assert.deepEqual(await finds(alice, shown.url), { accounts: [], posts: [shown.uri] });
  assert.deepEqual((await finds(alice, shown.uri, "false")).posts, [shown.uri]);
  for (const address of [hidden.url, hidden.uri]) {
    assert.deepEqual((await finds(alice, address)).posts, []);
  }
});

Deno.test("whatever is wrong elsewhere, a search finds nothing and does not fail", async () => {
  await using world = await newWorld();
  await using home = newElsewhere("elsewhere.test");
  const alice = await world.person("alice");
  home.serve(
    "/broken",
    () => new Response("{", { headers: { "content-type": "application/activity+json" } }),
  );
  home.serve("/page", () => new Response("<p>Hi", { headers: { "content-type": "text/html" } }));
  home.serve("/liar", { id: "http://other.test/users/rimu", type: "Person" });
  home.serve("/thing", { id: "http://elsewhere.test/thing", type: "Zebra" });
  const addresses = [
    ...["/broken", "/page", "/liar", "/thing", "/nothing"].map((path) => home.url + path),
    "http://nowhere.test/@rimu",
    "http://127.0.0.1:1/",
    "@rimu@nowhere.test",
    "@rimu@localhost",
    "@rimu@elsewhere.test",
  ];
  for (const q of addresses) {
    assert.deepEqual(await finds(alice, q), { accounts: [], posts: [] }, q);
  }
});

Deno.test("a member can have other servers asked only so often", async () => {
  await using world = await newWorld({ settings: { RATE_LIMITS: "on" } });
  await using home = newElsewhere("elsewhere.test");
  const alice = await world.person("alice");
  for (let number = 0; number < 70; number++) await finds(alice, `@rimu${number}@elsewhere.test`);
  assert.equal(home.asked.length, 60);
});
