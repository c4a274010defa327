import assert from "node:assert/strict";
import type { Person } from "../../test/person.ts";
import { newWorld } from "../../test/world.ts";
import { chores } from "./jobs.ts";
import { mute } from "./mute.ts";

function act(who: Person, verb: string, whom: Person, body?: unknown) {
  return who.post(`/api/v1/accounts/${whom.id}/${verb}`, body);
}

async function relationship(who: Person, whom: Person) {
  const { json } = await who.get("/api/v1/accounts/relationships", { "id[]": whom.id });
  return json[0];
}

Deno.test("a block ends every tie between two people, and none can be made across it", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await act(alice, "follow", bob);
  await act(bob, "follow", alice);

  const { json } = await act(alice, "block", bob);
  assert.deepEqual([json.blocking, json.following, json.followed_by], [true, false, false]);
  assert.equal((await relationship(bob, alice)).blocked_by, true);
  for (const person of [alice, bob]) {
    const { json } = await world.visit(`/api/v1/accounts/${person.id}`);
    assert.deepEqual([json.followers_count, json.following_count], [0, 0]);
  }

  for (const [who, whom] of [[alice, bob], [bob, alice]] as const) {
    const { status, json } = await act(who, "follow", whom);
    assert.deepEqual([status, json], [403, { error: "This action is not allowed" }]);
  }
  assert.equal((await act(alice, "unblock", bob)).json.blocking, false);
  assert.equal((await act(bob, "follow", alice)).json.following, true);
});

Deno.test("a block ends requests, and what both were told of each other", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await alice.patch("/api/v1/accounts/update_credentials", { locked: true });
  await act(bob, "follow", alice);
  await act(alice, "follow", bob);
  await world.settle();
  assert.equal((await alice.get("/api/v1/notifications")).json.length, 1);

  await act(alice, "block", bob);
  await world.settle();
  assert.deepEqual((await alice.get("/api/v1/follow_requests")).json, []);
  assert.deepEqual((await alice.get("/api/v1/notifications")).json, []);
  assert.deepEqual((await bob.get("/api/v1/notifications")).json, []);
  assert.deepEqual((await alice.get("/api/v1/blocks")).json.map(({ id }: { id: string }) => id), [bob.id]);
  assert.deepEqual((await bob.get("/api/v1/blocks")).json, []);
});

Deno.test("a mute may end by itself; muting again replaces it", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];

  const { json } = await act(alice, "mute", bob, { duration: 3600 });
  const end = Temporal.Instant.from(json.muting_expires_at).since(world.ctx.now()).total("minutes");
  assert.ok(Math.abs(end - 60) < 1);
  assert.deepEqual([json.muting, json.muting_notifications], [true, true]);
  const [muted] = (await alice.get("/api/v1/mutes")).json;
  assert.deepEqual([muted.id, muted.mute_expires_at], [bob.id, json.muting_expires_at]);

  const { json: forever } = await act(alice, "mute", bob, { notifications: false });
  assert.deepEqual([forever.muting_notifications, forever.muting_expires_at], [false, null]);
  assert.equal((await alice.get("/api/v1/mutes")).json[0].mute_expires_at, null);
  assert.equal((await relationship(bob, alice)).muting, false, "nobody else hears of it");
  assert.equal((await act(alice, "unmute", bob)).json.muting, false);
});

Deno.test("a mute that has run out holds no more, and is swept away", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const anHourAgo = world.ctx.now().subtract({ hours: 1 });
  await mute({ ...world.ctx, now: () => anHourAgo }, alice.account, bob.account, {
    hidesNotifications: true,
    duration: 1800,
  });

  assert.equal((await relationship(alice, bob)).muting, false);
  assert.deepEqual((await alice.get("/api/v1/mutes")).json, []);
  await chores["forget-expired-mutes"]!.run(world.ctx);
  const { rows } = await world.pool.query("select 1 from mutes");
  assert.equal(rows.length, 0);
});
