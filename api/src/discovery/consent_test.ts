import assert from "node:assert/strict";
import type { Answer, Person } from "../../test/person.ts";
import { met, newNeighbours } from "../../test/neighbours.ts";
import { chores } from "./jobs.ts";

const profile = "/api/v1/accounts/update_credentials";
const ids = ({ json }: Answer) => json.map(({ id }: { id: string }) => id);

Deno.test("what somebody says elsewhere of being found holds here: in search, directory and trends", async () => {
  await using both = await newNeighbours();
  const { here, there } = both;
  const [alice, bob] = [await here.person("alice"), await here.person("bob")];
  const [rimu, totara] = [await there.person("rimu"), await there.person("totara")];
  await rimu.patch(profile, { discoverable: true, indexable: true });
  for (const person of [rimu, totara]) await both.follows(alice, person);
  for (const person of [rimu, totara]) await person.says("Kererū in the pūriri #birds");
  await both.settle();
  const home = (await alice.get("/api/v1/timelines/home")).json;
  for (const who of [alice, bob]) {
    for (const { id } of home) await who.post(`/api/v1/statuses/${id}/favourite`);
  }
  await both.settle();

  const heIs = (await met(here, rimu)).id;
  const document = await there.visit(new URL(rimu.account.uri).pathname, {
    headers: { accept: "application/activity+json" },
  });
  assert.deepEqual([document.json.discoverable, document.json.indexable], [true, true]);
  const carol = await here.person("carol");
  const found = async () => {
    await chores["count-trends"]!.run(here.ctx);
    return {
      words: authors((await carol.get("/api/v2/search?q=kereru")).json.statuses),
      directory: ids(await here.visit("/api/v1/directory")),
      trends: authors((await here.visit("/api/v1/trends/statuses")).json),
    };
  };
  assert.deepEqual(await found(), { words: [heIs], directory: [heIs], trends: [heIs] });
  assert.equal(await byName(carol, "totara"), 1, "names are found: whoever types one knows it");

  await rimu.patch(profile, { discoverable: false, indexable: false });
  await both.settle();
  assert.deepEqual(await found(), { words: [], directory: [], trends: [] });
  assert.equal(await byName(carol, "rimu"), 1);
});

function authors(statuses: { account: { id: string } }[]): string[] {
  return statuses.map(({ account }) => account.id);
}

async function byName(who: Person, name: string): Promise<number> {
  return (await who.get("/api/v2/search", { q: name, type: "accounts" })).json.accounts.length;
}
