import assert from "node:assert/strict";
import { newWorld } from "../../test/world.ts";

Deno.test("a server says what it knows and holds to, as Mastodon does", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await alice.says("One");
  await world.pool.query("update instance set description = $1", ["Tea & talk\n\nBe kind"]);
  await world.pool.query("insert into servers (host) values ('beta.test'), ('alpha.test'), ('alps.test')");
  const get = async (path: string) => (await world.visit(path)).json;
  assert.deepEqual(await get("/api/v1/instance/peers"), ["alpha.test", "alps.test", "beta.test"]);
  assert.deepEqual(await get("/api/v1/peers/search?q=ALP"), ["alpha.test", "alps.test"]);
  assert.deepEqual(await get("/api/v1/peers/search?q="), []);

  const weeks = await get("/api/v1/instance/activity");
  assert.equal(weeks.length, 12);
  assert.equal(new Date(Number(weeks[0].week) * 1000).getUTCDay(), 1, "weeks begin on Mondays");
  assert.deepEqual([weeks[0].statuses, weeks[0].registrations, weeks[1].statuses], ["1", "1", "0"]);
  const { content } = await get("/api/v1/instance/extended_description");
  assert.equal(content, "<p>Tea &amp; talk</p><p>Be kind</p>");
  assert.match((await get("/api/v1/instance/privacy_policy")).content, /<h2>/);
  assert.equal((await world.visit("/api/v1/instance/terms_of_service")).status, 404);
  assert.ok((await get("/api/v1/instance/languages")).some(({ code }: { code: string }) => code === "en"));
  assert.deepEqual((await alice.get("/api/v1/annual_reports")).json.annual_reports, []);
  assert.equal((await alice.get("/api/v1/annual_reports/2026")).status, 404);
  assert.deepEqual((await alice.get("/api/v1/annual_reports/2026/state")).json, { state: "ineligible" });
});
