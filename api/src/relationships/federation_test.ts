import assert from "node:assert/strict";
import { type Elsewhere, newElsewhere, type Stranger } from "../../test/elsewhere.ts";
import { met, newNeighbours } from "../../test/neighbours.ts";
import type { Person } from "../../test/person.ts";
import { newWorld, type World } from "../../test/world.ts";
import { instanceActor } from "../accounts/instance_actor.ts";
import { fetchAccount } from "../accounts/remote.ts";
import { accountById } from "../accounts/store.ts";
import type { JsonObject } from "../base/activitystreams.ts";

/** Alice, who lives here, and rimu, who lives elsewhere, each with their id on the other's server. */
async function twoPeople() {
  const both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  const rimuHere = (await met(both.here, rimu)).id;
  const aliceThere = (await met(both.there, alice)).id;
  const ending = () => both[Symbol.asyncDispose]();
  return { ...both, alice, rimu, rimuHere, aliceThere, [Symbol.asyncDispose]: ending };
}

/** `alice@riff-1.test` */
function fullHandle(world: World, { account }: Person): string {
  return `${account.username}@${world.ctx.config.handleDomain}`;
}

async function relationship(who: Person, id: string) {
  const { json } = await who.get("/api/v1/accounts/relationships", { "id[]": id });
  return json[0];
}

async function act(who: Person, verb: string, id: string) {
  const { status, json } = await who.post(`/api/v1/accounts/${id}/${verb}`);
  assert.equal(status, 200, `${verb}: ${JSON.stringify(json)}`);
  return json;
}

/** Followers and followed, as a server counts them. */
async function counts(world: World, id: string) {
  const { json } = await world.visit(`/api/v1/accounts/${id}`);
  return [json.followers_count, json.following_count];
}

async function told(who: Person): Promise<string[]> {
  const { json } = await who.get("/api/v1/notifications");
  return json.map(({ type, account }: { type: string; account: { acct: string } }) =>
    `${type} ${account.acct}`
  );
}

Deno.test("a follow crosses to another server, is accepted there, and both count it", async () => {
  await using people = await twoPeople();
  const { here, there, alice, rimu, rimuHere, aliceThere, settle } = people;

  assert.deepEqual(
    [(await act(alice, "follow", rimuHere)).following, (await relationship(alice, rimuHere)).requested],
    [false, true],
  );
  await settle();

  assert.deepEqual(
    [(await relationship(alice, rimuHere)).following, (await relationship(alice, rimuHere)).requested],
    [true, false],
  );
  assert.equal((await relationship(rimu, aliceThere)).followed_by, true);
  assert.deepEqual(await told(rimu), [`follow ${fullHandle(here, alice)}`]);
  assert.deepEqual(await counts(here, alice.id), [0, 1]);
  assert.deepEqual(await counts(there, rimu.id), [1, 0]);

  await act(alice, "unfollow", rimuHere);
  await settle();
  assert.equal((await relationship(rimu, aliceThere)).followed_by, false);
  assert.deepEqual(await counts(there, rimu.id), [0, 0]);
  assert.deepEqual(await told(rimu), []);
});

Deno.test("a locked account elsewhere decides who follows it", async () => {
  await using people = await twoPeople();
  const { here, alice, rimu, rimuHere, settle } = people;
  const bob = await here.person("bob");
  await rimu.patch("/api/v1/accounts/update_credentials", { locked: true });
  for (const person of [alice, bob]) await act(person, "follow", rimuHere);
  await settle();
  const { json: waiting } = await rimu.get("/api/v1/follow_requests");
  const byName = new Map(waiting.map(({ username, id }: Record<string, string>) => [username, id]));
  assert.deepEqual([...byName.keys()].sort(), ["alice", "bob"]);
  assert.equal((await relationship(alice, rimuHere)).following, false);

  await rimu.post(`/api/v1/follow_requests/${byName.get("alice")}/authorize`);
  await rimu.post(`/api/v1/follow_requests/${byName.get("bob")}/reject`);
  await settle();

  const [alices, bobs] = [await relationship(alice, rimuHere), await relationship(bob, rimuHere)];
  assert.deepEqual([alices.following, alices.requested], [true, false]);
  assert.deepEqual([bobs.following, bobs.requested], [false, false]);
  await act(bob, "follow", rimuHere);
  await settle();
  assert.equal((await rimu.get("/api/v1/follow_requests")).json.length, 1, "bob may ask again");
});

Deno.test("a request is withdrawn on both servers", async () => {
  await using people = await twoPeople();
  const { alice, rimu, rimuHere, settle } = people;
  await rimu.patch("/api/v1/accounts/update_credentials", { locked: true });
  await act(alice, "follow", rimuHere);
  await settle();
  assert.equal((await rimu.get("/api/v1/follow_requests")).json.length, 1);
  await act(alice, "unfollow", rimuHere);
  await settle();
  assert.deepEqual((await rimu.get("/api/v1/follow_requests")).json, []);
});

Deno.test("a follower from elsewhere can be removed, and learns of it", async () => {
  await using people = await twoPeople();
  const { here, alice, rimu, rimuHere, aliceThere, settle } = people;
  await act(alice, "follow", rimuHere);
  await settle();
  await act(rimu, "remove_from_followers", aliceThere);
  await settle();
  assert.equal((await relationship(alice, rimuHere)).following, false);
  assert.deepEqual(await counts(here, alice.id), [0, 0]);
});

Deno.test("a block ends what was between two people, on both servers, and holds there", async () => {
  await using people = await twoPeople();
  const { alice, rimu, rimuHere, aliceThere, settle } = people;
  await act(alice, "follow", rimuHere);
  await act(rimu, "follow", aliceThere);
  await settle();
  assert.equal((await relationship(alice, rimuHere)).followed_by, true);

  await act(rimu, "block", aliceThere);
  await settle();
  const seen = await relationship(alice, rimuHere);
  assert.deepEqual([seen.following, seen.followed_by, seen.blocked_by], [false, false, true]);
  const theirs = await relationship(rimu, aliceThere);
  assert.deepEqual([theirs.following, theirs.followed_by, theirs.blocking], [false, false, true]);
  assert.equal((await alice.post(`/api/v1/accounts/${rimuHere}/follow`)).status, 403);

  await act(rimu, "unblock", aliceThere);
  await settle();
  assert.equal((await relationship(alice, rimuHere)).blocked_by, false);
  await act(alice, "follow", rimuHere);
  await settle();
  assert.equal((await relationship(alice, rimuHere)).following, true);
});

Deno.test("who follows and is followed elsewhere is listed here, as far as it is known", async () => {
  await using people = await twoPeople();
  const { here, there, alice, rimu, rimuHere, settle } = people;
  const handle = fullHandle(there, rimu);
  await act(alice, "follow", rimuHere);
  await settle();
  const followers = await here.visit(`/api/v1/accounts/${rimuHere}/followers`);
  assert.deepEqual(followers.json.map(({ acct }: { acct: string }) => acct), ["alice"]);
  const following = await here.visit(`/api/v1/accounts/${alice.id}/following`);
  const [found] = following.json;
  assert.deepEqual(
    [found.acct, found.username, found.uri, found.url, found.created_at.slice(10)],
    [
      handle,
      "rimu",
      rimu.account.uri,
      rimu.account.url,
      "T00:00:00.000Z",
    ],
  );
  const lookup = await here.visit(`/api/v1/accounts/lookup?acct=${handle}`);
  assert.equal(lookup.json.id, rimuHere);
  const page = await here.visit(`/@${handle}`, { headers: { accept: "text/html" } });
  assert.equal(page.status, 200);
  assert.ok(page.text.includes(`@${handle}`));
});

/** Who a stranger's server has been told of, by the types of what came to its inbox. */
function listening(home: Elsewhere): JsonObject[] {
  const heard: JsonObject[] = [];
  home.serve("/inbox", async (request) => {
    heard.push(await request.json());
    return new Response(null, { status: 202 });
  });
  return heard;
}

/** Alice has asked to follow tui, who lives on a server that the test plays. */
async function asking() {
  const world = await newWorld();
  const home = newElsewhere("elsewhere.test");
  const [alice, tui] = [await world.person("alice"), await home.person("tui")];
  const heard = listening(home);
  const tuiHere = (await fetchAccount(world.ctx, tui.uri)).id;
  await act(alice, "follow", tuiHere);
  await world.settle();
  return {
    ...{ world, home, alice, tui, tuiHere, heard, wish: heard[0]! },
    /** Tui, or somebody else there, says this; what alice then is to tui. */
    async after(activity: JsonObject, who: Stranger = tui) {
      assert.equal(await who.sends(world, activity), 202);
      await world.settle();
      const { following, requested } = await relationship(alice, tuiHere);
      return following ? "follows" : requested ? "asks" : "nothing";
    },
    [Symbol.asyncDispose]: async () => {
      await world[Symbol.asyncDispose]();
      await home[Symbol.asyncDispose]();
    },
  };
}

Deno.test("an answer counts in whatever way it names the wish, and each wish has a name of its own", async () => {
  await using told = await asking();
  const { alice, tui, tuiHere, wish, heard, world } = told;
  assert.deepEqual(
    [wish.type, wish.actor, wish.object],
    ["Follow", alice.account.uri, tui.uri],
  );
  assert.equal(await told.after(tui.does("Accept", String(wish.id))), "follows");
  assert.equal(await told.after(tui.does("Reject", wish)), "nothing", "much later");

  await act(alice, "follow", tuiHere);
  await world.settle();
  const again = heard.at(-1)!;
  assert.equal(again.type, "Follow");
  assert.notEqual(again.id, wish.id);
  const nameless = { type: "Follow", actor: alice.account.uri, object: tui.uri };
  assert.equal(await told.after(tui.does("Accept", nameless)), "follows", "who forgot its name");
});

Deno.test("nobody answers for somebody else", async () => {
  await using told = await asking();
  const { home, tui, wish } = told;
  const mallory = await home.person("mallory");
  assert.equal(await told.after(mallory.does("Accept", wish), mallory), "asks");
  assert.equal(await told.after(mallory.does("Reject", wish), mallory), "asks");
  assert.equal(await told.after(tui.does("Accept", wish)), "follows");
  assert.equal(await told.after(mallory.does("Reject", wish), mallory), "follows");
  assert.equal(await told.after(tui.does("Accept", "http://riff.test/no-such-follow")), "follows");
});

Deno.test("whoever follows already and asks again is accepted again, and told of once", async () => {
  await using world = await newWorld();
  await using home = newElsewhere("elsewhere.test");
  const [alice, tui] = [await world.person("alice"), await home.person("tui")];
  const heard = listening(home);
  const wishes = [tui.does("Follow", alice.account.uri), tui.does("Follow", alice.account.uri)];
  for (const wish of wishes) {
    assert.equal(await tui.sends(world, wish), 202);
    await world.settle();
    const answer = heard.at(-1)!;
    assert.deepEqual([answer.type, answer.actor], ["Accept", alice.account.uri]);
    assert.equal((answer.object as JsonObject).id, wish.id);
    assert.equal((answer.object as JsonObject).actor, tui.uri);
  }
  assert.deepEqual(await counts(world, alice.id), [1, 0]);
  assert.deepEqual(await told(alice), ["follow tui@elsewhere.test"]);
});

Deno.test("a follow is undone by whoever follows, in whatever way they name it, and by nobody else", async () => {
  await using world = await newWorld();
  await using home = newElsewhere("elsewhere.test");
  const [alice, tui] = [await world.person("alice"), await home.person("tui")];
  const mallory = await home.person("mallory");
  listening(home);
  const send = async (who: Stranger, activity: JsonObject) => {
    await who.sends(world, activity);
    await world.settle();
    return (await counts(world, alice.id))[0];
  };
  const { uri } = alice.account;
  const first = tui.does("Follow", uri);
  assert.equal(await send(tui, first), 1);
  assert.equal(await send(mallory, mallory.does("Follow", uri)), 2);
  assert.equal(await send(mallory, mallory.does("Undo", String(first.id))), 2, "not theirs");
  assert.equal(await send(tui, tui.does("Undo", String(first.id))), 1, "by its name");
  assert.equal(await send(tui, tui.does("Follow", uri)), 2);
  const forgotten = { type: "Follow", actor: tui.uri, object: uri };
  assert.equal(await send(tui, tui.does("Undo", forgotten)), 1, "by who and whom");
});

Deno.test("whom somebody blocks can't follow them from elsewhere, and their server hears so", async () => {
  await using world = await newWorld();
  await using home = newElsewhere("elsewhere.test");
  const [alice, tui] = [await world.person("alice"), await home.person("tui")];
  const heard = listening(home);
  await act(alice, "block", (await fetchAccount(world.ctx, tui.uri)).id);
  await world.settle();
  assert.deepEqual(heard.map(({ type }) => type), ["Block"]);
  const wish = tui.does("Follow", alice.account.uri);
  await tui.sends(world, wish);
  await world.settle();
  assert.deepEqual([heard[1]?.type, (heard[1]?.object as JsonObject).id], ["Reject", wish.id]);
  assert.deepEqual(await counts(world, alice.id), [0, 0]);
});

Deno.test("a block from elsewhere ends in whatever way it is named, and by whoever made it alone", async () => {
  await using world = await newWorld();
  await using home = newElsewhere("elsewhere.test");
  const [alice, tui, mallory] = [
    await world.person("alice"),
    await home.person("tui"),
    await home.person("mallory"),
  ];
  await fetchAccount(world.ctx, mallory.uri);
  const isBlocked = async () => {
    await world.settle();
    const { id } = await fetchAccount(world.ctx, tui.uri);
    return (await alice.get(`/api/v1/accounts/relationships?id[]=${id}`)).json[0].blocked_by;
  };
  const made = { type: "Block", actor: tui.uri, object: alice.account.uri };
  const namings = [
    (block: JsonObject) => String(block.id),
    () => made,
    () => ({ id: `${tui.uri}#x`, ...made }),
  ];
  for (const name of namings) {
    const block = tui.does("Block", alice.account.uri);
    await tui.sends(world, block);
    await mallory.sends(world, mallory.does("Undo", name(block)));
    assert.equal(await isBlocked(), true);
    await tui.sends(world, tui.does("Undo", name(block)));
    assert.equal(await isBlocked(), false);
  }
});

Deno.test("nobody can follow the account that is nobody's", async () => {
  await using world = await newWorld();
  await using home = newElsewhere("elsewhere.test");
  const tui = await home.person("tui");
  const heard = listening(home);
  const actor = await instanceActor(world.ctx);
  await tui.sends(world, tui.does("Follow", actor.uri));
  await world.settle();
  assert.deepEqual(heard, []);
  assert.equal((await accountById(world.ctx.db, actor.id))?.followersCount, 0);
});
