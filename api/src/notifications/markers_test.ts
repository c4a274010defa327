import assert from "node:assert/strict";
import { newWorld } from "../../test/world.ts";

Deno.test("how far somebody has read is told by one of their apps to the others", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");

  const { status, json } = await alice.post("/api/v1/markers", {
    home: { last_read_id: "103194548672408537" },
  });
  assert.equal(status, 200);
  assert.deepEqual([json.home.last_read_id, json.home.version], ["103194548672408537", 1]);
  assert.match(json.home.updated_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

  const form = new URLSearchParams({ "home[last_read_id]": "200", "notifications[last_read_id]": "5" });
  const { json: both } = await alice.post("/api/v1/markers", form);
  assert.deepEqual([both.home.version, both.notifications.version], [2, 1]);

  const { json: read } = await alice.get("/api/v1/markers?timeline[]=home&timeline[]=nonsense");
  assert.deepEqual(Object.keys(read), ["home"]);
  assert.equal(read.home.last_read_id, "200");
  assert.deepEqual((await alice.get("/api/v1/markers")).json, {});
  assert.deepEqual((await (await world.person("bob")).get("/api/v1/markers?timeline[]=home")).json, {});
});

Deno.test("an app that names the version it knows is told when another was faster, and changes nothing", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await alice.post("/api/v1/markers", { home: { last_read_id: "1" }, notifications: { last_read_id: "1" } });
  await alice.post("/api/v1/markers", { notifications: { last_read_id: "2", version: 1 } });

  const { status } = await alice.post("/api/v1/markers", {
    home: { last_read_id: "9" },
    notifications: { last_read_id: "9", version: 1 },
  });
  assert.equal(status, 409);
  const { json } = await alice.get("/api/v1/markers?timeline[]=home&timeline[]=notifications");
  assert.deepEqual([json.home.last_read_id, json.notifications.last_read_id], ["1", "2"]);
});

Deno.test("many apps at once lose no marker's version", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => alice.post("/api/v1/markers", { home: { last_read_id: `${n}` } })),
  );
  assert.equal((await alice.get("/api/v1/markers?timeline[]=home")).json.home.version, 20);
});

Deno.test("a marker that is no id is refused", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  for (const last_read_id of ["abc", "-1", "99999999999999999999", [], { a: 1 }, null]) {
    const { status } = await alice.post("/api/v1/markers", { home: { last_read_id } });
    assert.equal(status, 422, JSON.stringify(last_read_id));
  }
  assert.equal((await alice.post("/api/v1/markers", { home: "1" })).status, 422);
  assert.deepEqual((await alice.post("/api/v1/markers", {})).json, {});
});

Deno.test("what came after the marker is unread", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  for (const text of ["one", "two", "three"]) await bob.says(`@alice ${text}`);
  await world.settle();
  const count = async (query = "") =>
    (await alice.get(`/api/v1/notifications/unread_count${query}`)).json.count;
  assert.equal(await count(), 3);
  assert.equal(await count("?limit=2"), 2);
  assert.equal(await count("?types[]=follow"), 0);

  const [, second] = (await alice.get("/api/v1/notifications")).json;
  await alice.post("/api/v1/markers", { notifications: { last_read_id: second.id } });
  assert.equal(await count(), 1);
});
