import assert from "node:assert/strict";
import { newElsewhere } from "../../test/elsewhere.ts";
import { idIn, met, newNeighbours, sees } from "../../test/neighbours.ts";
import type { Person } from "../../test/person.ts";
import { newWorld, type World } from "../../test/world.ts";
import { resolveHandle } from "../accounts/remote.ts";
import { publicUri } from "../base/activitystreams.ts";

Deno.test("a like and a boost from another server are counted and told, and so is that they are taken back", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  await both.follows(rimu, alice);
  const status = await alice.says("A fine day");
  await both.settle();
  const { id } = await sees(rimu, status);

  for (let time = 0; time < 2; time++) {
    await rimu.post(`/api/v1/statuses/${id}/favourite`);
    await rimu.post(`/api/v1/statuses/${id}/reblog`);
    await both.settle();
    assert.deepEqual(await counts(alice, status), [1, 1]);
    assert.deepEqual(await told(alice), ["favourite", "follow", "reblog"]);
    await rimu.post(`/api/v1/statuses/${id}/unfavourite`);
    await rimu.post(`/api/v1/statuses/${id}/unreblog`);
    await both.settle();
    assert.deepEqual(await counts(alice, status), [0, 0]);
    assert.deepEqual(await told(alice), ["follow"]);
  }
});

Deno.test("a boost brings its followers a post that their server did not have", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  const bob = await both.here.person("bob");
  await both.follows(rimu, alice);
  const status = await bob.says("Few know of this");
  await alice.post(`/api/v1/statuses/${status.id}/reblog`, { visibility: "unlisted" });
  await both.settle();

  const { json: [shown, ...others] } = await rimu.get("/api/v1/timelines/home");
  assert.deepEqual([
    shown.reblog.uri,
    shown.reblog.account.username,
    shown.account.username,
    shown.visibility,
  ], [
    status.uri,
    "bob",
    "alice",
    "unlisted",
  ]);
  assert.equal(others.length, 0);
  await alice.post(`/api/v1/statuses/${status.id}/unreblog`);
  await both.settle();
  assert.deepEqual((await rimu.get("/api/v1/timelines/home")).json, []);
});

Deno.test("what is for followers is passed on by its author alone, also to another server", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  await both.follows(rimu, alice);
  const status = await alice.says("Among us", { visibility: "private" });
  await both.settle();
  await alice.post(`/api/v1/statuses/${status.id}/reblog`);
  await both.settle();
  const { json: [newest] } = await rimu.get("/api/v1/timelines/home");
  assert.deepEqual([newest.reblog.uri, newest.visibility], [status.uri, "private"]);
});

Deno.test("whom an author keeps away can't react to their posts", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  await both.follows(rimu, alice);
  const status = await alice.says("A fine day");
  await both.settle();
  const id = await idIn(both.there, status);
  await alice.post(`/api/v1/accounts/${(await met(both.here, rimu)).id}/block`);
  await rimu.post(`/api/v1/statuses/${id}/favourite`); // before the block is heard of
  await rimu.post(`/api/v1/statuses/${id}/reblog`);
  await both.settle();
  assert.deepEqual(await counts(alice, status), [0, 0]);
  assert.deepEqual(await told(alice), []);
});

Deno.test("reactions of other programs count, and are taken back by what they were about", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const [alice, rimu] = [await world.person("alice"), await elsewhere.person("rimu")];
  const status = await alice.says("A fine day");
  const like = rimu.does("Like", status.uri, { content: "🎉", _misskey_reaction: "🎉" });
  const pleromas = ["https://www.w3.org/ns/activitystreams", `${elsewhere.url}/schemas/litepub-0.1.jsonld`];
  const react = rimu.does("EmojiReact", status.uri, { "@context": pleromas, content: "🌧" });
  const announce = rimu.does("Announce", status.uri, { to: [publicUri], published: "2031-01-01T00:00:00Z" });
  const send = async (...activities: ReturnType<typeof rimu.does>[]) => {
    for (const activity of activities) assert.equal(await rimu.sends(world, activity), 202);
    await world.settle();
  };

  await send(like, like, react, announce, announce, rimu.does("Announce", status.uri, { to: [publicUri] }));
  assert.deepEqual(await counts(alice, status), [1, 1]);
  const { rows: [boost] } = await world.pool.query(
    "select created_at <= now() as past from posts where boost_of_id is not null",
  );
  assert.equal(boost.past, true);

  await send(
    rimu.does("Undo", { ...react, id: `${elsewhere.url}/made/up` }, { "@context": pleromas }),
    rimu.does("Undo", String(announce.id)),
  );
  assert.deepEqual(await counts(alice, status), [1, 0]); // for the other emoji
  await send({ ...react, id: `${react.id}2` });
  assert.deepEqual(await counts(alice, status), [1, 0]);
  await send(rimu.does("Undo", like), rimu.does("Undo", { ...react, id: `${react.id}2` }));
  assert.deepEqual(await counts(alice, status), [0, 0]);
  const again = rimu.does("Like", status.uri);
  await send(again);
  assert.deepEqual(await counts(alice, status), [1, 0]);
  await send(rimu.does("Undo", String(again.id)));
  assert.deepEqual(await counts(alice, status), [0, 0]);
  await send(rimu.does("Announce", status.uri, { to: [publicUri] }));
  await send(rimu.does("Undo", { type: "Announce", actor: rimu.uri, object: status.uri }));
  assert.deepEqual(await counts(alice, status), [0, 0]);
});

Deno.test("nobody takes back what others did, likes what they may not see, or passes on what nobody wants here", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const alice = await world.person("alice");
  const [rimu, mallory] = [await elsewhere.person("rimu"), await elsewhere.person("mallory")];
  const [open, hidden] = [
    await alice.says("A fine day"),
    await alice.says("Among us", { visibility: "private" }),
  ];
  const like = rimu.does("Like", open.uri);
  const announce = rimu.does("Announce", open.uri, { to: [publicUri] });
  const unknown = `${elsewhere.url}/notes/1`;
  for (const activity of [like, announce, rimu.does("Like", hidden.uri), rimu.does("Announce", hidden.uri)]) {
    assert.equal(await rimu.sends(world, activity), 202);
  }
  await resolveHandle(world.ctx, "mallory@elsewhere.test");
  for (const undone of [like, announce, String(like.id), String(announce.id)]) {
    await mallory.sends(world, mallory.does("Undo", undone));
  }
  await mallory.sends(world, mallory.does("Announce", unknown, { to: [publicUri] }));
  await mallory.sends(world, mallory.does("Announce", mallory.does("Like", open.uri), { to: [publicUri] }));
  await world.settle();

  assert.deepEqual(await counts(alice, open), [1, 1]);
  assert.deepEqual(await counts(alice, hidden), [0, 0]);
  assert.ok(!elsewhere.asked.includes("GET /notes/1"));
  assert.equal(await size(world, "posts"), 3);
});

async function counts(author: Person, { id }: { id: string }): Promise<[number, number]> {
  const { json } = await author.get(`/api/v1/statuses/${id}`);
  return [json.favourites_count, json.reblogs_count];
}

/** Of what kinds somebody has been told. */
async function told(who: Person): Promise<string[]> {
  const { json } = await who.get("/api/v1/notifications");
  return json.map((one: { type: string }) => one.type).sort();
}

async function size(world: World, table: string): Promise<number> {
  return Number((await world.pool.query(`select count(*) from ${table}`)).rows[0].count);
}
