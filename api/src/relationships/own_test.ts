import assert from "node:assert/strict";
import { newWorld } from "../../test/world.ts";

Deno.test("a note about somebody is for its author's eyes alone", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const about = `/api/v1/accounts/${bob.id}/note`;

  const { status, json } = await alice.post(about, { comment: "Lent me a guitar" });
  assert.deepEqual([status, json.id, json.note], [200, bob.id, "Lent me a guitar"]);
  const { json: [seen] } = await alice.get("/api/v1/accounts/relationships", { "id[]": bob.id });
  assert.equal(seen.note, "Lent me a guitar");
  const { json: [theirs] } = await bob.get("/api/v1/accounts/relationships", { "id[]": alice.id });
  assert.equal(theirs.note, "");

  assert.equal((await alice.post(about, { comment: "x".repeat(2_001) })).status, 422);
  assert.equal((await alice.post(about, { comment: "" })).json.note, "");
  assert.equal((await alice.post(about)).json.note, "");
});

Deno.test("whom somebody recommends stands on their profile for as long as they follow them", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = await Promise.all(["alice", "bob", "carol"].map((name) => world.person(name)));
  const on = (whom: typeof bob, verb: string) => alice!.post(`/api/v1/accounts/${whom!.id}/${verb}`);
  const recommended = async () => {
    const { json } = await world.visit(`/api/v1/accounts/${alice!.id}/endorsements`);
    return json.map((account: { username: string }) => account.username);
  };

  const { status, json: refused } = await on(bob, "endorse");
  assert.equal(status, 422);
  assert.match(refused.error, /must be already following/);
  await on(bob, "follow");
  await on(carol, "follow");
  assert.equal((await on(bob, "endorse")).json.endorsed, true);
  assert.equal((await on(bob, "endorse")).json.endorsed, true);
  assert.equal((await on(carol, "pin")).json.endorsed, true);
  assert.deepEqual(await recommended(), ["carol", "bob"]);

  const page = await alice!.get("/api/v1/endorsements", { limit: "1" });
  assert.deepEqual(page.json.map((account: { id: string }) => account.id), [carol!.id]);
  const [, next] = page.headers.get("link")!.match(/<([^>]+)>; rel="next"/)!;
  const { json: later } = await alice!.get(new URL(next!).pathname + new URL(next!).search);
  assert.deepEqual(later.map((account: { id: string }) => account.id), [bob!.id]);

  assert.equal((await on(carol, "unpin")).json.endorsed, false);
  assert.equal((await on(bob, "unfollow")).json.endorsed, false);
  assert.deepEqual(await recommended(), []);
  await on(bob, "follow");
  await on(bob, "endorse");
  await bob!.post(`/api/v1/accounts/${alice!.id}/block`);
  assert.deepEqual(await recommended(), [], "a block ends the follow, and so this");
});
