import assert from "node:assert/strict";
import { met, newNeighbours } from "../../test/neighbours.ts";

Deno.test("what is for this server alone never leaves it, nor does what is done with it", async () => {
  await using both = await newNeighbours();
  const { here, there } = both;
  const [alice, rimu] = [await here.person("alice"), await there.person("rimu")];
  const bob = await here.person("bob");
  for (const person of [alice, bob]) await both.follows(rimu, person);
  await both.follows(alice, rimu);
  await met(here, rimu);
  const before = await deliveries();
  const local = await alice.says(`@rimu@${there.ctx.config.handleDomain} Soup is ready`, {
    local_only: true,
    poll: { options: ["yes", "no"], expires_in: 3600 },
  });
  assert.deepEqual([local.local_only, local.visibility], [true, "public"]);
  const answer = await bob.says("Coming", { in_reply_to_id: local.id });
  const quote = await bob.says("Soup!", { quoted_status_id: local.id });
  assert.deepEqual([answer.local_only, quote.local_only], [true, true]);
  await bob.post(`/api/v1/statuses/${local.id}/reblog`);
  await bob.post(`/api/v1/statuses/${local.id}/favourite`);
  await bob.post(`/api/v1/polls/${local.poll.id}/votes`, { choices: [0] });
  await alice.post(`/api/v1/statuses/${local.id}/pin`);
  await alice.put(`/api/v1/statuses/${local.id}`, { status: "Soup is ready!" });
  await alice.put(`/api/v1/statuses/${local.id}/interaction_policy`, { quote_approval_policy: "nobody" });
  await both.settle();
  assert.equal((await bob.get("/api/v1/timelines/home")).json.length, 3);
  assert.equal((await bob.get("/api/v1/timelines/public")).json.length, 2);
  assert.deepEqual((await here.visit("/api/v1/timelines/public")).json, []);
  await alice.delete(`/api/v1/statuses/${local.id}`);
  await both.settle();
  assert.deepEqual((await rimu.get("/api/v1/timelines/home")).json, []);
  assert.equal(await deliveries(), before);
  const { rows } = await there.pool.query("select 1 from posts");
  assert.equal(rows.length, 0);

  async function deliveries(): Promise<number> {
    const { rows: [row] } = await here.pool.query("select count(*)::int as n from inbox");
    const { rows: [far] } = await there.pool.query("select count(*)::int as n from inbox");
    return row.n + far.n;
  }
});
