import assert from "node:assert/strict";
import type { Answer } from "../../test/person.ts";
import { newWorld } from "../../test/world.ts";

const texts = (answer: Answer) =>
  answer.json.map(({ content }: { content: string }) => content.replace(/<[^>]+>/g, ""));
const names = (answer: Answer) => answer.json.map(({ username }: { username: string }) => username);

Deno.test("a list is made, renamed and thrown away, and is nobody else's business", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const { json: list } = await alice.post("/api/v1/lists", { title: "Birds" });
  assert.deepEqual(list, { id: list.id, title: "Birds", replies_policy: "list", exclusive: false });
  assert.deepEqual((await alice.get("/api/v1/lists")).json, [list]);

  const path = `/api/v1/lists/${list.id}`;
  const changed = { ...list, title: "Trees", replies_policy: "none", exclusive: true };
  assert.deepEqual((await alice.put(path, { ...changed, exclusive: "1" })).json, changed);
  assert.deepEqual((await alice.get(path)).json, changed);
  assert.equal((await alice.put(path, { title: " " })).status, 422);
  assert.equal((await alice.post("/api/v1/lists", {})).status, 422);
  assert.equal((await alice.post("/api/v1/lists", { title: "x", replies_policy: "some" })).status, 422);

  for (const where of [path, `${path}/accounts`, `/api/v1/timelines/list/${list.id}`]) {
    assert.equal((await bob.get(where)).status, 404, where);
  }
  assert.equal((await bob.delete(path)).status, 404);
  assert.deepEqual((await alice.delete(path)).json, {});
  assert.equal((await alice.get(path)).status, 404);
});

Deno.test("only whom one follows is on a list, until one follows them no more", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const carol = await world.person("carol");
  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  const { json: list } = await alice.post("/api/v1/lists", { title: "Birds" });
  const path = `/api/v1/lists/${list.id}/accounts`;
  assert.equal((await alice.post(path, { account_ids: [bob.id, carol.id] })).status, 404);
  assert.deepEqual(names(await alice.get(path)), []);

  await alice.post(path, { account_ids: [bob.id] });
  await alice.post(path, { account_ids: [alice.id] });
  assert.equal((await alice.post(path, { account_ids: [bob.id] })).status, 422);
  assert.deepEqual(names(await alice.get(path)), ["alice", "bob"]);
  const first = await alice.get(`${path}?limit=1`);
  assert.deepEqual(names(first), ["alice"]);
  assert.match(first.headers.get("link") ?? "", /max_id=\d+.*rel="next"/);
  assert.deepEqual(names(await alice.get(`${path}?limit=0`)), ["alice", "bob"]);
  assert.deepEqual((await alice.get(`/api/v1/accounts/${bob.id}/lists`)).json, [list]);
  assert.deepEqual((await alice.get(`/api/v1/accounts/${carol.id}/lists`)).json, []);

  await alice.delete(path, { account_ids: [alice.id] });
  await alice.post(`/api/v1/accounts/${bob.id}/unfollow`);
  await world.settle();
  assert.deepEqual(names(await alice.get(path)), []);
});

Deno.test("a list shows what those on it say, answers as it says, and an exclusive one empties home", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const [carol, dora] = [await world.person("carol"), await world.person("dora")];
  for (const { id } of [bob, carol, dora]) await alice.post(`/api/v1/accounts/${id}/follow`);
  const { json: list } = await alice.post("/api/v1/lists", { title: "Birds" });
  await alice.post(`/api/v1/lists/${list.id}/accounts`, { account_ids: [bob.id, carol.id] });
  const timeline = async () => texts(await alice.get(`/api/v1/timelines/list/${list.id}`));

  const fromDora = await dora.says("Not on it");
  const fromCarol = await carol.says("On it");
  await bob.says("To dora", { in_reply_to_id: fromDora.id });
  await bob.says("To carol", { in_reply_to_id: fromCarol.id });
  await bob.says("For followers", { visibility: "private" });
  await bob.says("@dora psst", { visibility: "direct" });

  assert.deepEqual(await timeline(), ["For followers", "To carol", "On it"]);
  await alice.put(`/api/v1/lists/${list.id}`, { title: "Birds", replies_policy: "followed" });
  assert.deepEqual(await timeline(), ["For followers", "To carol", "To dora", "On it"]);
  await alice.put(`/api/v1/lists/${list.id}`, { title: "Birds", replies_policy: "none", exclusive: true });
  assert.deepEqual(await timeline(), ["For followers", "On it"]);
  assert.deepEqual(texts(await alice.get("/api/v1/timelines/home")), ["Not on it"]);

  await alice.put(`/api/v1/lists/${list.id}`, { title: "Birds", exclusive: false });
  assert.equal((await alice.get("/api/v1/timelines/home")).json.length, 5);
  const older = await alice.get(`/api/v1/timelines/list/${list.id}?max_id=${fromCarol.id}`);
  assert.deepEqual(texts(older), []);
});

Deno.test("a list makes as many queries for forty posts as for one", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  const { json: list } = await alice.post("/api/v1/lists", { title: "Birds" });
  await alice.post(`/api/v1/lists/${list.id}/accounts`, { account_ids: [bob.id] });
  await bob.says("@alice one #tea");
  const ask = () => alice.get(`/api/v1/timelines/list/${list.id}`, { limit: "40" });
  await ask();
  const one = await world.countQueries(ask);
  for (let n = 0; n < 39; n++) await bob.says(`@alice post ${n} #tag${n}`);
  const forty = await world.countQueries(ask);
  assert.equal((await ask()).json.length, 40);
  assert.equal(forty, one);
  assert.ok(one <= 7, `${one} queries`);
});
