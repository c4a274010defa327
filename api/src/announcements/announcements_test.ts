import assert from "node:assert/strict";
import { premisesOf, typed } from "../../test/terminal.ts";
import { newWorld } from "../../test/world.ts";

Deno.test("admins tell all members something, who read it, put it away and say what they think of it", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await using premises = premisesOf(world, { BASE_URL: world.ctx.config.baseUrl });
  const list = async (who: typeof alice, query = "") => (await who.get(`/api/v1/announcements${query}`)).json;
  assert.deepEqual(await list(alice), []);
  const made = await typed('announcements publish "Tonight @bob updates <this> #server" --json', premises);
  const { id } = JSON.parse(made.out);
  await typed('announcements publish "Long ago" --until 2020-01-01', premises);
  assert.match((await typed("announcements list", premises)).out, /Tonight[^]*|Long ago/);
  assert.notEqual((await typed('announcements publish "x" --from tomorrow', premises)).code, 0);

  const [one, ...others] = await list(alice);
  assert.equal(others.length, 0, "what is over is not shown");
  assert.deepEqual([one.id, one.read, one.all_day, one.starts_at], [id, false, false, null]);
  assert.match(one.content, /&lt;this&gt;/);
  assert.deepEqual(one.mentions.map(({ acct }: { acct: string }) => acct), ["bob"]);
  assert.deepEqual(one.tags.map(({ name }: { name: string }) => name), ["server"]);

  const path = (name: string) => `/api/v1/announcements/${id}/reactions/${encodeURIComponent(name)}`;
  assert.equal((await alice.put(path("👍🏽"))).status, 200);
  await alice.put(path("👍🏽"));
  await bob.put(path("👍🏽"));
  assert.equal((await alice.put(path("no emoji"))).status, 422);
  assert.deepEqual((await list(alice))[0].reactions, [{ name: "👍🏽", count: 2, me: true }]);
  await alice.delete(path("👍🏽"));
  assert.deepEqual((await list(alice))[0].reactions, [{ name: "👍🏽", count: 1, me: false }]);
  for (const name of ["😀", "😁", "😂", "🤣", "😃", "😄", "😅"]) await bob.put(path(name));
  assert.equal((await bob.put(path("😆"))).status, 422, "eight different ones");
  assert.equal((await alice.put(path("😅"))).status, 200, "one that is there already may still be joined");

  assert.deepEqual((await alice.post(`/api/v1/announcements/${id}/dismiss`)).json, {});
  assert.deepEqual(await list(alice), []);
  assert.equal((await list(alice, "?with_dismissed=true"))[0].read, true);
  assert.equal((await list(bob)).length, 1);
  assert.equal((await alice.post("/api/v1/announcements/1/dismiss")).status, 404);
  assert.equal((await world.visit("/api/v1/announcements")).status, 401);
  assert.equal((await typed(`announcements remove ${id}`, premises)).code, 0);
  assert.deepEqual(await list(bob), []);
});
