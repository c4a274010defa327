import assert from "node:assert/strict";
import { newElsewhere } from "../../test/elsewhere.ts";
import { newNeighbours, sees } from "../../test/neighbours.ts";
import type { Person } from "../../test/person.ts";
import { newWorld } from "../../test/world.ts";
import { resolveHandle } from "../accounts/remote.ts";
import { type JsonObject, publicUri } from "../base/activitystreams.ts";
import { chores } from "./jobs.ts";

const tea = { options: ["tea", "coffee", "<water>"], expires_in: 3600 };

Deno.test("a poll is answered on another server, counted where it lives, and its results go round", async () => {
  await using both = await newNeighbours();
  const { here, there } = both;
  const [alice, rimu] = [await here.person("alice"), await there.person("rimu")];
  const [bob, totara] = [await here.person("bob"), await there.person("totara")];
  await both.follows(rimu, alice);
  await both.follows(totara, alice);
  const status = await alice.says("What will it be?", { poll: tea });
  await both.settle();

  const asked = (await sees(rimu, status)).poll;
  assert.deepEqual(asked.options.map((one: { title: string }) => one.title), tea.options);
  assert.deepEqual([asked.expires_at, asked.multiple, asked.voted], [status.poll.expires_at, false, false]);
  await rimu.post(`/api/v1/polls/${asked.id}/votes`, { choices: [2] });
  await both.settle();
  await bob.post(`/api/v1/polls/${status.poll.id}/votes`, { choices: [0] });
  await both.settle();
  assert.deepEqual(await votes(alice, status), [1, 0, 1, "of 2"]);
  assert.deepEqual(await votes(totara, status), [0, 0, 1, "of 1"]);

  await chores["tell-counts"]!.run(here.ctx);
  await both.settle();
  assert.deepEqual(await votes(totara, status), [1, 0, 1, "of 2"]);
  assert.deepEqual((await sees(rimu, status)).poll.own_votes, [2]);
  assert.equal((await sees(totara, status)).edited_at, null);
});

Deno.test("a poll with several choices takes them all, and hides how it stands until it ends", async () => {
  await using both = await newNeighbours();
  const { here, there } = both;
  const [alice, rimu] = [await here.person("alice"), await there.person("rimu")];
  await both.follows(rimu, alice);
  const status = await alice.says("Which?", { poll: { ...tea, multiple: true, hide_totals: true } });
  await both.settle();
  const { poll } = await sees(rimu, status);
  await rimu.post(`/api/v1/polls/${poll.id}/votes`, { choices: [0, 1] });
  await both.settle();
  await chores["tell-counts"]!.run(here.ctx);
  await both.settle();
  assert.deepEqual(await votes(rimu, status), [0, 0, 0, "of 1"]);

  for (const world of [here, there]) world.pass({ hours: 2 });
  await chores["close-ended"]!.run(here.ctx);
  await both.settle();
  await chores["close-ended"]!.run(there.ctx);
  await both.settle();
  assert.deepEqual(await votes(alice, status), [1, 1, 0, "of 1"]);
  assert.deepEqual(await votes(rimu, status), [1, 1, 0, "of 1"]);
  assert.equal((await sees(rimu, status)).poll.expired, true);
  const { json } = await rimu.get("/api/v1/notifications", { "types[]": "poll" });
  assert.deepEqual(json.map((one: { status: { uri: string } }) => one.status.uri), [status.uri]);
});

Deno.test("another question is asked anew on both servers", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  await both.follows(rimu, alice);
  const status = await alice.says("What will it be?", { poll: tea });
  await both.settle();
  await rimu.post(`/api/v1/polls/${(await sees(rimu, status)).poll.id}/votes`, { choices: [0] });
  await both.settle();
  const poll = { ...tea, options: ["tea", "nothing"] };
  await alice.put(`/api/v1/statuses/${status.id}`, { status: "What will it be?", poll });
  await both.settle();
  const { poll: asked } = await sees(rimu, status);
  assert.deepEqual(asked.options, [{ title: "tea", votes_count: 0 }, { title: "nothing", votes_count: 0 }]);
  assert.equal(asked.voted, false);
});

Deno.test("votes count once, whole, and only from those who may vote", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const [alice, rimu] = [await world.person("alice"), await elsewhere.person("rimu")];
  const mallory = await elsewhere.person("mallory");
  const one = await alice.says("One?", { poll: tea });
  const many = await alice.says("Many?", { poll: { ...tea, multiple: true } });
  const hidden = await alice.says("Among us?", { poll: tea, visibility: "private" });
  const ballot = (post: { uri: string }, name: string): JsonObject => ({
    ...{ id: `${elsewhere.url}/votes/${crypto.randomUUID()}`, type: "Note", name, attributedTo: rimu.uri },
    ...{ inReplyTo: post.uri, to: alice.account.uri },
  });
  const ballots = rimu.does("Create", "");
  for (
    const sent of [
      rimu.does("Create", ballot(one, "coffee")),
      rimu.does("Create", ballot(one, "tea")),
      rimu.does("Create", ballot(one, "wine")),
      rimu.does("Create", ballot(hidden, "tea")),
      { ...ballots, object: [ballot(many, "tea"), ballot(many, "<water>")] },
      { ...ballots, id: `${ballots.id}2`, object: [ballot(many, "tea"), ballot(many, "coffee")] },
    ]
  ) {
    assert.equal(await rimu.sends(world, sent), 202);
  }
  await mallory.sends(world, mallory.does("Create", ballot(one, "tea")));
  await world.settle();
  assert.deepEqual(await tally(alice, one), [0, 1, 0, "of 1"]);
  assert.deepEqual(await tally(alice, many), [1, 0, 1, "of 1"]);
  assert.deepEqual(await tally(alice, hidden), [0, 0, 0, "of 0"]);
  assert.equal((await world.pool.query("select count(*) from posts")).rows[0].count, "3");
});

Deno.test("a poll of another program is read, its counts follow its server's, and its end is when that says so", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const [alice, rimu] = [await world.person("alice"), await elsewhere.person("rimu")];
  const mallory = await elsewhere.person("mallory");
  const { id } = await resolveHandle(world.ctx, "rimu@elsewhere.test");
  await world.pool.query("insert into follows (follower_id, account_id) values ($1, $2)", [alice.id, id]);
  const question = (counts: number[], more: JsonObject = {}): JsonObject => ({
    ...{ id: `${elsewhere.url}/notes/1`, type: "Question", attributedTo: rimu.uri, content: "<p>Which?</p>" },
    to: [publicUri],
    anyOf: counts.map((totalItems, index) => ({
      type: "Note",
      name: `choice ${index}`,
      replies: { type: "Collection", totalItems },
    })),
    ...more,
  });
  const send = async (who: typeof rimu, type: string, object: JsonObject) => {
    await who.sends(world, who.does(type, object));
    await world.settle();
    const { json: [{ poll }] } = await alice.get("/api/v1/timelines/home");
    return [
      ...poll.options.map((one: { votes_count: number }) => one.votes_count),
      poll.voters_count,
      poll.expired,
    ];
  };
  assert.deepEqual(await send(rimu, "Create", question([1, 2], { votersCount: 2 })), [1, 2, 2, false]);
  assert.deepEqual(await send(rimu, "Update", question([3, 1e12])), [3, 2_000_000_000, null, false]);
  assert.deepEqual(await send(mallory, "Update", question([9, 9])), [3, 2_000_000_000, null, false]);
  assert.deepEqual(await send(rimu, "Update", question([9, 9, 9])), [3, 2_000_000_000, null, false]);
  const closed = world.ctx.now().toString();
  assert.deepEqual(await send(rimu, "Update", question([4, 4], { closed })), [4, 4, null, true]);
});

async function votes(who: Person, status: { uri: string }) {
  return counted((await sees(who, status)).poll);
}

async function tally(who: Person, { id }: { id: string }) {
  return counted((await who.get(`/api/v1/statuses/${id}`)).json.poll);
}

// deno-lint-ignore no-explicit-any
function counted(poll: any): (number | string)[] {
  return [...poll.options.map((one: { votes_count: number }) => one.votes_count), `of ${poll.voters_count}`];
}
