import assert from "node:assert/strict";
import type { Person } from "../../test/person.ts";
import { newWorld, tokenFor, type World } from "../../test/world.ts";

function act(who: Person, verb: string, whom: Person, body?: unknown) {
  return who.post(`/api/v1/accounts/${whom.id}/${verb}`, body);
}

async function relationship(who: Person, whom: Person) {
  const { json } = await who.get("/api/v1/accounts/relationships", { "id[]": whom.id });
  return json[0];
}

/** How many follow somebody, and how many they follow, as their profile says. */
async function counts(world: World, whom: Person): Promise<[followers: number, following: number]> {
  const { json } = await world.visit(`/api/v1/accounts/${whom.id}`);
  return [json.followers_count, json.following_count];
}

Deno.test("a follow is a follow at once where nobody has to be asked", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];

  const { status, json } = await act(alice, "follow", bob);

  assert.equal(status, 200);
  assert.deepEqual(json, {
    id: bob.id,
    following: true,
    showing_reblogs: true,
    notifying: false,
    languages: null,
    followed_by: false,
    blocking: false,
    blocked_by: false,
    muting: false,
    muting_notifications: false,
    muting_expires_at: null,
    requested: false,
    requested_by: false,
    domain_blocking: false,
    endorsed: false,
    note: "",
  });
  assert.equal((await relationship(bob, alice)).followed_by, true);
  assert.deepEqual(await counts(world, alice), [0, 1]);
  assert.deepEqual(await counts(world, bob), [1, 0]);
});

Deno.test("twenty follows at once count one, and twenty unfollows none", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];

  const follows = await Promise.all(Array.from({ length: 20 }, () => act(alice, "follow", bob)));
  assert.ok(follows.every(({ status, json }) => status === 200 && json.following));
  assert.deepEqual(await counts(world, bob), [1, 0]);

  const unfollows = await Promise.all(Array.from({ length: 20 }, () => act(alice, "unfollow", bob)));
  assert.ok(unfollows.every(({ status, json }) => status === 200 && !json.following));
  assert.deepEqual(await counts(world, bob), [0, 0]);
  assert.deepEqual(await counts(world, alice), [0, 0]);
});

Deno.test("whatever people do to each other at once, the counters tell the truth", async () => {
  await using world = await newWorld();
  const people = await Promise.all(["alice", "bob", "carol"].map((name) => world.person(name)));
  const verbs = ["follow", "follow", "block", "unblock", "unfollow", "remove_from_followers"];

  const answers = await Promise.all(
    Array.from({ length: 10 }).flatMap(() =>
      verbs.flatMap((verb) =>
        people.flatMap((who) => people.filter((whom) => whom !== who).map((whom) => act(who, verb, whom)))
      )
    ),
  );

  assert.deepEqual(answers.filter(({ status }) => status !== 200 && status !== 403), []);
  for (const person of people) {
    const followers = await person.get(`/api/v1/accounts/${person.id}/followers`);
    const following = await person.get(`/api/v1/accounts/${person.id}/following`);
    assert.deepEqual(await counts(world, person), [followers.json.length, following.json.length]);
  }
});

Deno.test("following again changes only what the follower names", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await act(alice, "follow", bob, { reblogs: false, languages: ["de", "en"] });

  const { json } = await act(alice, "follow", bob, { notify: true });
  assert.deepEqual(
    [json.showing_reblogs, json.notifying, json.languages],
    [false, true, ["de", "en"]],
  );
  const { json: again } = await act(alice, "follow", bob, { languages: [] });
  assert.deepEqual([again.languages, again.notifying], [null, true]);
  assert.deepEqual(await counts(world, bob), [1, 0]);
});

Deno.test("a locked account decides who follows it", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = [
    await world.person("alice"),
    await world.person("bob"),
    await world.person("carol"),
  ];
  await bob.patch("/api/v1/accounts/update_credentials", { locked: true });

  const { json: asked } = await act(alice, "follow", bob, { notify: true });
  await act(carol, "follow", bob);
  assert.deepEqual([asked.following, asked.requested, asked.notifying], [false, true, true]);
  assert.equal((await relationship(bob, alice)).requested_by, true);
  assert.deepEqual(await counts(world, bob), [0, 0]);

  const waiting = await bob.get("/api/v1/follow_requests");
  assert.deepEqual(waiting.json.map((account: { acct: string }) => account.acct), ["carol", "alice"]);
  const { json: mine } = await bob.get("/api/v1/accounts/verify_credentials");
  assert.equal(mine.source.follow_requests_count, 2);

  const { json: let_in } = await bob.post(`/api/v1/follow_requests/${alice.id}/authorize`);
  assert.equal(let_in.followed_by, true);
  await bob.post(`/api/v1/follow_requests/${carol.id}/reject`);
  assert.deepEqual(await counts(world, bob), [1, 0]);
  assert.equal(
    (await relationship(alice, bob)).notifying,
    true,
    "what was wished for with the request holds",
  );
  assert.equal((await relationship(carol, bob)).requested, false);
  assert.deepEqual((await bob.get("/api/v1/follow_requests")).json, []);
});

Deno.test("a request is answered once, however often it is answered at once", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await bob.patch("/api/v1/accounts/update_credentials", { locked: true });
  await act(alice, "follow", bob);

  const answers = await Promise.all(
    Array.from({ length: 10 }, () => bob.post(`/api/v1/follow_requests/${alice.id}/authorize`)),
  );

  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(9).fill(404)]);
  assert.deepEqual(await counts(world, bob), [1, 0]);
});

Deno.test("whoever unlocks their account lets in those who wait", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await bob.patch("/api/v1/accounts/update_credentials", { locked: true });
  await act(alice, "follow", bob);
  await world.settle();
  assert.equal((await relationship(alice, bob)).requested, true);

  await bob.patch("/api/v1/accounts/update_credentials", { locked: false });
  await world.settle();
  const { following, requested } = await relationship(alice, bob);
  assert.deepEqual([following, requested], [true, false]);
});

Deno.test("a follow request can be taken back, and a follower be removed", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await act(alice, "follow", bob);
  const { json } = await act(bob, "remove_from_followers", alice);
  assert.equal(json.followed_by, false);
  assert.deepEqual(await counts(world, alice), [0, 0]);

  await bob.patch("/api/v1/accounts/update_credentials", { locked: true });
  await act(alice, "follow", bob);
  assert.equal((await act(alice, "unfollow", bob)).json.requested, false);
  assert.equal((await bob.post(`/api/v1/follow_requests/${alice.id}/authorize`)).status, 404);
});

Deno.test("nobody follows, blocks or mutes themselves, nor somebody who is not there", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  for (const verb of ["follow", "block", "mute"]) {
    assert.equal((await act(alice, verb, alice)).status, 403, verb);
  }
  for (const verb of ["follow", "unfollow", "block", "unblock", "mute", "unmute", "remove_from_followers"]) {
    for (const id of ["1", "0", "-1", "abc", "99999999999999999999", "%00", "__proto__"]) {
      const { status, json } = await alice.post(`/api/v1/accounts/${id}/${verb}`);
      assert.deepEqual([status, json], [404, { error: "Record not found" }], `${verb} ${id}`);
    }
  }
  assert.equal((await act(alice, "follow", bob, { languages: ["no such tongue"] })).status, 422);
  assert.equal((await act(alice, "follow", bob, { reblogs: { a: 1 } })).status, 422);
  assert.equal((await act(alice, "mute", bob, { duration: -1 })).status, 422);
  assert.equal((await act(alice, "mute", bob, { duration: 1e300 })).status, 422);
  assert.equal((await relationship(alice, bob)).following, false, "nothing was half done");
});

Deno.test("a token must carry the scope of what it asks for", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const ask = async (scopes: string, method: string, path: string) => {
    const token = await tokenFor(world.ctx, alice.account, scopes);
    const { status } = await world.visit(path, { method, headers: { authorization: `Bearer ${token}` } });
    return status;
  };

  assert.equal(await ask("read", "POST", `/api/v1/accounts/${bob.id}/follow`), 403);
  assert.equal(await ask("write:blocks", "POST", `/api/v1/accounts/${bob.id}/follow`), 403);
  assert.equal(await ask("write:follows", "POST", `/api/v1/accounts/${bob.id}/follow`), 200);
  assert.equal(await ask("follow", "POST", `/api/v1/accounts/${bob.id}/mute`), 200);
  assert.equal(await ask("write", "GET", "/api/v1/blocks"), 403);
  assert.equal((await world.visit(`/api/v1/accounts/${bob.id}/follow`, { method: "POST" })).status, 401);
});
