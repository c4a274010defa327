import assert from "node:assert/strict";
import { newElsewhere } from "../../test/elsewhere.ts";
import type { Person } from "../../test/person.ts";
import { newWorld, type World } from "../../test/world.ts";
import { chores } from "./jobs.ts";

const ids = (things: { id: string }[]) => things.map(({ id }) => id);

/** In a week, for midnight may have come meanwhile. */
const uses = ({ history }: { history: { uses: string }[] }) =>
  history.reduce((sum, day) => sum + Number(day.uses), 0);

async function people(world: World, ...names: string[]): Promise<Person[]> {
  const all = [];
  for (const name of names) {
    const person = await world.person(name);
    await person.patch("/api/v1/accounts/update_credentials", { discoverable: "true" });
    all.push(person);
  }
  return all;
}

async function counted(world: World): Promise<void> {
  await world.settle();
  await chores["count-trends"]!.run(world.ctx);
}

Deno.test("a hashtag is a trend when several people use it in public, not when one does so often", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = await people(world, "alice", "bob", "carol") as [Person, Person, Person];
  for (const person of [alice, bob, carol]) await person.says("#storm");
  for (const person of [alice, bob]) await person.says("#tea");
  for (const text of ["#mine", "#mine", "#mine"]) await alice.says(text);
  for (const person of [alice, bob, carol]) await person.says("#secret", { visibility: "private" });
  await counted(world);

  const { json } = await world.visit("/api/v1/trends/tags");
  assert.deepEqual(json.map(({ name }: { name: string }) => name), ["storm", "tea"]);
  assert.equal(uses(json[0]), 3);
  assert.equal(json[0].history.length, 7);
  assert.deepEqual((await world.visit("/api/v1/trends")).json, json);
  const second = await world.visit("/api/v1/trends/tags?limit=1&offset=1");
  assert.deepEqual(second.json.map(({ name }: { name: string }) => name), ["tea"]);
  const base = `${world.ctx.config.baseUrl}/api/v1/trends/tags?limit=1&offset=`;
  assert.equal(second.headers.get("link"), `<${base}2>; rel="next", <${base}0>; rel="prev"`);
  assert.equal((await world.visit("/api/v1/trends/tags")).headers.get("link"), null);
  assert.equal((await world.visit("/api/v1/trends/tags?offset=-1")).status, 400);

  world.pass({ hours: 24 * 2 });
  await counted(world);
  assert.deepEqual((await world.visit("/api/v1/trends/tags")).json, [], "yesterday's news");
});

Deno.test("posts that people like are trends, as far as their authors let themselves be found and one may see them", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = await people(world, "alice", "bob", "carol") as [Person, Person, Person];
  const shy = await world.person("shy");
  const best = await alice.says("Everybody likes this");
  const good = await bob.says("Some like this");
  const posts = [
    best,
    await alice.says("Her second best"),
    await alice.says("For followers", { visibility: "private" }),
    await carol.says("Not listed", { visibility: "unlisted" }),
    await carol.says("Warned of", { spoiler_text: "Spiders" }),
    await shy.says("Shy"),
    await carol.says("An answer", { in_reply_to_id: good.id }),
  ];
  for (const person of [bob, carol]) await person.post(`/api/v1/accounts/${alice.id}/follow`);
  for (const person of [alice, bob, carol]) {
    for (const post of posts) await person.post(`/api/v1/statuses/${post.id}/favourite`);
  }
  for (const person of [alice, carol]) await person.post(`/api/v1/statuses/${good.id}/favourite`);
  await bob.post(`/api/v1/statuses/${best.id}/reblog`);
  await counted(world);

  const path = "/api/v1/trends/statuses";
  assert.deepEqual(ids((await world.visit(path)).json), [best.id, good.id]);
  assert.deepEqual(ids((await world.visit(`${path}?limit=1&offset=1`)).json), [good.id]);
  const cost = (limit: number) => world.countQueries(() => shy.get(`${path}?limit=${limit}`));
  assert.equal(await cost(40), await cost(1));

  await carol.post(`/api/v1/accounts/${alice.id}/mute`);
  assert.deepEqual(ids((await carol.get(path)).json), [good.id]);
  await alice.post(`/api/v1/accounts/${bob.id}/block`);
  assert.deepEqual(ids((await bob.get(path)).json), [good.id]);
  await bob.delete(`/api/v1/statuses/${good.id}`);
  assert.deepEqual(ids((await world.visit(path)).json), [best.id], "what was deleted is no trend at once");
  await alice.patch("/api/v1/accounts/update_credentials", { discoverable: "false" });
  assert.deepEqual((await world.visit(path)).json, []);
});

Deno.test("a page that several people link to is a trend", async () => {
  await using world = await newWorld();
  await using news = newElsewhere("news.test");
  const head = (title: string) => () =>
    new Response(`<!doctype html><html><head><title>${title}</title></head></html>`, {
      headers: { "content-type": "text/html" },
    });
  news.serve("/one", head("One"));
  news.serve("/two", head("Two"));
  const [alice, bob] = await people(world, "alice", "bob") as [Person, Person];
  for (const person of [alice, bob]) await person.says("Look: http://news.test/one");
  for (const text of ["http://news.test/two", "again http://news.test/two"]) await alice.says(text);
  await counted(world);

  const { json: [link, ...others] } = await world.visit("/api/v1/trends/links");
  assert.deepEqual(others, []);
  assert.deepEqual([link.url, link.title, link.type], ["http://news.test/one", "One", "link"]);
  assert.equal(uses(link), 2);
});
