import assert from "node:assert/strict";
import type { Answer, Person } from "../../test/person.ts";
import { newWorld, type World } from "../../test/world.ts";
import { deleteAccount } from "../accounts/delete.ts";
import { accountById, insertAccount, newId } from "../accounts/store.ts";
import { chores } from "./jobs.ts";
import { pollById } from "./store.ts";
import { vote } from "./vote.ts";

const drinks = { options: ["tea", "coffee"], expires_in: 3600 };
const bread = { options: ["rye", "wheat", "spelt"], expires_in: 3600, multiple: true };

const asks = (who: Person, poll: object, more: object = {}) =>
  who.says("What would you like?", { poll, ...more });
const votes = (who: Person, post: Answer["json"], ...choices: unknown[]) =>
  who.post(`/api/v1/polls/${post.poll.id}/votes`, { choices });
const counts = (poll: Answer["json"]) =>
  poll.options.map((option: { votes_count: number | null }) => option.votes_count);

async function sees(world: World, post: Answer["json"], who?: Person): Promise<Answer["json"]> {
  const path = `/api/v1/polls/${post.poll.id}`;
  return (await (who ? who.get(path) : world.visit(path))).json;
}

Deno.test("a post may ask, and shows what was answered in Mastodon's words", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const form = new URLSearchParams("status=Tea?&poll[options][]=tea&poll[options][]=coffee");
  form.append("poll[expires_in]", "86400");
  const { json: post } = await alice.post("/api/v1/statuses", form);
  const { id, expires_at, ...rest } = post.poll;

  assert.match(id, /^\d+$/);
  assert.ok(Math.abs(Date.parse(expires_at) - Date.parse(post.created_at) - 86_400_000) < 1000);
  assert.deepEqual(rest, {
    expired: false,
    multiple: false,
    votes_count: 0,
    voters_count: 0,
    options: [{ title: "tea", votes_count: 0 }, { title: "coffee", votes_count: 0 }],
    emojis: [],
    voted: true,
    own_votes: [],
  });
  const { json: answered } = await votes(bob, post, 1);
  assert.deepEqual([answered.voted, answered.own_votes, counts(answered)], [true, [1], [0, 1]]);
  const { json: boost } = await bob.post(`/api/v1/statuses/${post.id}/reblog`);
  assert.deepEqual([boost.poll, boost.reblog.poll], [null, answered]);
  const stranger = await sees(world, post);
  assert.deepEqual([stranger.voted, stranger.own_votes, counts(stranger)], [undefined, undefined, [0, 1]]);
});

Deno.test("of twenty ballots of one person at once, one counts", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const post = await asks(alice, drinks);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => votes(bob, post, n % 2)));

  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, ...Array(19).fill(422)]);
  const refused = answers.find((answer) => answer.status === 422)!;
  assert.equal(refused.json.error, "Validation failed: You have already voted on this poll");
  const { votes_count, voters_count } = await sees(world, post, bob);
  assert.deepEqual([votes_count, voters_count], [1, 1]);
});

Deno.test("ballots of different people at once all count", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const voters = await Promise.all(
    ["bob", "carol", "dora", "emil", "fred"].map((name) => world.person(name)),
  );
  const post = await asks(alice, bread);
  await Promise.all(voters.map((voter, n) => votes(voter, post, n % 3, 2)));

  const { votes_count, voters_count, ...poll } = await sees(world, post);
  assert.deepEqual([counts(poll), votes_count, voters_count], [[2, 2, 5], 9, 5]);
});

Deno.test("where several options may be chosen, later ballots add to the first, and their voter counts once", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const post = await asks(alice, { ...bread, options: ["rye", "wheat", "spelt", "oat", "corn", "rice"] });
  const parts = await Promise.all([votes(bob, post, 0, 0), ...[1, 2, 3, 4].map((n) => votes(bob, post, n))]);
  assert.deepEqual(parts.map((part) => part.status), Array(5).fill(200));
  assert.equal((await votes(bob, post, 4, 5)).status, 422, "he has chosen one of these");

  const { own_votes, voters_count, ...poll } = await sees(world, post, bob);
  assert.deepEqual([own_votes, voters_count, counts(poll)], [[0, 1, 2, 3, 4], 1, [1, 1, 1, 1, 1, 0]]);
});

Deno.test("a ballot that makes no sense is refused, and nothing of it counts", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const post = await asks(alice, drinks);
  const cases: [Person, unknown, string][] = [
    [alice, [0], "You can't vote in your own poll"],
    [bob, [], "Choose at least one option"],
    [bob, [0, 1], "Only one option can be chosen"],
    [bob, [2], "There is no such option"],
    [bob, [-1], "There is no such option"],
    [bob, [99_999_999_999], "There is no such option"],
    [bob, ["length"], "Choices is not a number"],
    [bob, [0.5], "Choices is not a number"],
    [bob, undefined, "Choose at least one option"],
  ];
  for (const [who, choices, reason] of cases) {
    const { status, json } = await who.post(`/api/v1/polls/${post.poll.id}/votes`, { choices });
    assert.deepEqual([status, json.error], [422, `Validation failed: ${reason}`]);
  }
  for (const id of ["1", "x", "99999999999999999999", post.id]) {
    assert.equal((await bob.post(`/api/v1/polls/${id}/votes`, { choices: [0] })).status, 404);
    assert.equal((await world.visit(`/api/v1/polls/${id}`)).status, 404);
  }
  assert.deepEqual(counts(await sees(world, post)), [0, 0]);
});

Deno.test("a poll that makes no sense is refused with its post", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const cases: object[] = [
    { ...drinks, options: ["tea", "  ", ""] },
    { ...drinks, options: Array.from({ length: 9 }, (_, n) => `option ${n}`) },
    { ...drinks, options: ["tea", "tea "] },
    { ...drinks, options: ["tea", "x".repeat(101)] },
    { ...drinks, options: ["tea", { a: 1 }] },
    { options: ["tea", "coffee"] },
    { ...drinks, expires_in: 299 },
    { ...drinks, expires_in: 2_629_747 },
    { ...drinks, expires_in: "soon" },
    { expires_in: 300 },
  ];
  for (const poll of cases) {
    const { status, json } = await alice.post("/api/v1/statuses", { status: "Tea?", poll });
    assert.deepEqual([status, typeof json.error], [422, "string"], JSON.stringify(poll));
  }
  assert.deepEqual((await alice.get("/api/v1/timelines/home")).json, []);

  const { json: { configuration } } = await world.visit("/api/v2/instance");
  const most = configuration.polls;
  const { poll } = await asks(alice, {
    options: Array.from(
      { length: most.max_options },
      (_, n) => `${n}${"👩‍🚀".repeat(most.max_characters_per_option - 1)}`,
    ),
    expires_in: most.max_expiration,
  });
  assert.equal(poll.options.length, 8);
  assert.equal((await asks(alice, { ...drinks, expires_in: most.min_expiration })).poll.expired, false);
});

Deno.test("a form in which nobody asked anything makes a post without a poll", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const post = await asks(alice, { options: ["", ""], expires_in: "86400" });
  assert.equal(post.poll, null);
});

Deno.test("hidden counts are told in the end, to the author as well", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const post = await asks(alice, { ...drinks, hide_totals: true });
  await votes(bob, post, 1);

  for (const who of [alice, bob, undefined]) {
    const poll = await sees(world, post, who);
    assert.deepEqual([counts(poll), poll.votes_count, poll.voters_count], [[null, null], 1, 1]);
  }
  world.pass({ hours: 1 });
  assert.deepEqual(counts(await sees(world, post)), [0, 1]);
});

Deno.test("a poll ends in its time: no more votes, and its author and voters are told once", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = [
    await world.person("alice"),
    await world.person("bob"),
    await world.person("carol"),
  ];
  const post = await asks(alice, drinks);
  await votes(bob, post, 0);
  const told = async (who: Person) =>
    (await who.get("/api/v1/notifications", { "types[]": "poll" })).json.map(
      (one: Answer["json"]) => [one.type, one.account.acct, one.status.poll.expired],
    );
  const minutePasses = async () => {
    await chores["close-ended"]!.run(world.ctx);
    await world.settle();
  };

  world.pass({ minutes: 59 });
  await minutePasses();
  assert.deepEqual(await told(alice), []);
  world.pass({ minutes: 1 });
  const late = await votes(carol, post, 1);
  assert.equal(late.json.error, "Validation failed: The poll has already ended");
  await minutePasses();
  await minutePasses();
  assert.deepEqual(await told(alice), [["poll", "alice", true]]);
  assert.deepEqual(await told(bob), [["poll", "alice", true]]);
  assert.deepEqual(await told(carol), []);
  assert.deepEqual(counts(await sees(world, post, carol)), [1, 0]);
});

Deno.test("a poll is seen, and answered, by those who may see its post", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = [
    await world.person("alice"),
    await world.person("bob"),
    await world.person("carol"),
  ];
  await bob.post(`/api/v1/accounts/${alice.id}/follow`);
  const post = await asks(alice, drinks, { visibility: "private" });

  const hidden = await votes(carol, post, 0);
  assert.deepEqual([hidden.status, hidden.json], [404, { error: "Record not found" }]);
  assert.equal((await carol.get(`/api/v1/polls/${post.poll.id}`)).status, 404);
  assert.equal((await world.visit(`/api/v1/polls/${post.poll.id}`)).status, 404);
  assert.equal((await votes(bob, post, 0)).status, 200);
  await alice.post(`/api/v1/accounts/${bob.id}/block`);
  assert.equal((await bob.get(`/api/v1/polls/${post.poll.id}`)).status, 404);
  await alice.delete(`/api/v1/statuses/${post.id}`);
  assert.equal((await alice.get(`/api/v1/polls/${post.poll.id}`)).status, 404);
});

Deno.test("an edit keeps the votes as long as the question stays, and another question starts anew", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const post = await asks(alice, drinks);
  await votes(bob, post, 1);
  const edit = async (poll?: object) =>
    (await alice.put(`/api/v1/statuses/${post.id}`, { status: "What will you have?", poll })).json;

  const longer = await edit({ ...drinks, expires_in: 7200 });
  assert.deepEqual([longer.poll.id, counts(longer.poll)], [post.poll.id, [0, 1]]);
  assert.ok(longer.poll.expires_at > post.poll.expires_at);
  const same = await edit({ options: drinks.options });
  assert.deepEqual([same.poll, same.edited_at], [longer.poll, longer.edited_at], "no change, no edit");

  const other = await edit({ ...drinks, options: ["tea", "cocoa"] });
  assert.deepEqual(counts(other.poll), [0, 0]);
  assert.equal((await votes(bob, post, 1)).status, 404, "what he looked at is asked no more");
  assert.equal((await votes(bob, other, 1)).status, 200);
  assert.deepEqual(counts((await edit({ ...drinks, options: ["tea", "cocoa"], multiple: true })).poll), [
    0,
    0,
  ]);

  assert.equal((await edit()).poll, null);
  const { json: history } = await bob.get(`/api/v1/statuses/${post.id}/history`);
  const asked = history.map((version: Answer["json"]) =>
    version.poll?.options.map((option: { title: string }) => option.title)
  );
  const cocoa = ["tea", "cocoa"];
  assert.deepEqual(asked, [drinks.options, drinks.options, cocoa, cocoa, undefined]);
});

Deno.test("a poll that is given more time goes on", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const post = await asks(alice, drinks);
  world.pass({ hours: 2 });
  await chores["close-ended"]!.run(world.ctx);
  await alice.put(`/api/v1/statuses/${post.id}`, { status: "Still asking", poll: drinks });
  assert.equal((await votes(bob, post, 0)).status, 200);
  world.pass({ hours: 2 });
  await chores["close-ended"]!.run(world.ctx);
  assert.equal((await sees(world, post, bob)).expired, true);
});

Deno.test("a vote from elsewhere counts the same, and its voter can leave without changing the result", async () => {
  await using world = await newWorld();
  const { ctx } = world;
  const alice = await world.person("alice");
  const post = await asks(alice, drinks);
  const id = await newId(ctx.db, ctx.now());
  await insertAccount(ctx.db, {
    id,
    username: "rimu",
    domain: "elsewhere.test",
    uri: "https://elsewhere.test/rimu",
    url: "https://elsewhere.test/@rimu",
    kind: "person",
    createdAt: ctx.now(),
  });
  const rimu = (await accountById(ctx.db, id))!;
  const poll = (await pollById(ctx.db, post.poll.id))!;
  await vote(ctx, rimu, poll, [1]);
  await assert.rejects(vote(ctx, rimu, poll, [0]), /already voted/);
  assert.deepEqual(counts(await sees(world, post)), [0, 1]);

  await deleteAccount(ctx, rimu);
  await world.settle();
  assert.deepEqual(counts(await sees(world, post)), [0, 1]);
  const { rows } = await world.pool.query("select 1 from poll_votes");
  assert.equal(rows.length, 0, "nobody knows any more that it was rimu");
});
