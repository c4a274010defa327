import assert from "node:assert/strict";
import { uploaded } from "../../test/pictures.ts";
import type { Person } from "../../test/person.ts";
import { newWorld, type World } from "../../test/world.ts";
import { sweep } from "../media/sweep.ts";
import { publishDue } from "./publish.ts";

const path = "/api/v1/scheduled_statuses";

Deno.test("a post waits for its time, can be moved and called off, and comes out as it was written", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const answered = await bob.says("Tea?");
  const upload = await uploaded(alice);
  const { json: waiting, status } = await alice.post("/api/v1/statuses", {
    ...{ status: "Later, @bob", spoiler_text: "Tea", visibility: "unlisted", language: "de" },
    ...{ in_reply_to_id: answered.id, media_ids: [upload.id], scheduled_at: ahead(world, { hours: 30 }) },
  });
  assert.equal(status, 200);
  assert.deepEqual([waiting.params.text, waiting.params.in_reply_to_id, waiting.draft], [
    ...["Later, @bob", answered.id, false],
  ]);
  assert.deepEqual(waiting.media_attachments.map((one: { id: string }) => one.id), [upload.id]);
  assert.deepEqual((await alice.get(path)).json, [waiting]);
  assert.deepEqual((await alice.get(`${path}/${waiting.id}`)).json, waiting);
  assert.deepEqual((await bob.get(path)).json, []);
  for (const method of ["GET", "PUT", "DELETE"]) {
    const body = method === "PUT" ? { scheduled_at: ahead(world, { hours: 1 }) } : undefined;
    assert.equal((await bob.send(method, `${path}/${waiting.id}`, body)).status, 404, method);
  }
  const again = await alice.post("/api/v1/statuses", { status: "Mine!", media_ids: [upload.id] });
  assert.equal(again.status, 422);

  await publishDue(world.ctx);
  assert.deepEqual((await posts(alice)).length, 0);
  world.pass({ hours: 29 });
  await sweep(world.ctx);
  const { json: moved } = await alice.put(`${path}/${waiting.id}`, {
    scheduled_at: ahead(world, { hours: 2 }),
  });
  assert.notEqual(moved.scheduled_at, waiting.scheduled_at);
  world.pass({ minutes: 90 });
  await publishDue(world.ctx);
  assert.equal((await alice.get(path)).json.length, 1);
  world.pass({ hours: 1 });
  await publishDue(world.ctx);
  await world.settle();
  const [post] = await posts(alice);
  assert.deepEqual(
    [post.spoiler_text, post.visibility, post.language, post.in_reply_to_id, post.media_attachments[0].id],
    ["Tea", "unlisted", "de", answered.id, upload.id],
  );
  assert.deepEqual((await alice.get(path)).json, []);
  assert.equal((await bob.get("/api/v1/notifications")).json[0].status.id, post.id);

  const { json: off } = await alice.post("/api/v1/statuses", {
    ...{ status: "Never", scheduled_at: ahead(world, { hours: 1 }) },
  });
  assert.deepEqual((await alice.delete(`${path}/${off.id}`)).json, {});
  world.pass({ hours: 2 });
  await publishDue(world.ctx);
  assert.equal((await posts(alice)).length, 1);
});

Deno.test("a post comes out once, whoever is about to publish it, and also after a crash", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const body = { status: "Once", scheduled_at: ahead(world, { minutes: 10 }) };
  const asked = Array.from({ length: 20 }, () => {
    return alice.post("/api/v1/statuses", body, { "idempotency-key": "one" });
  });
  const ids = (await Promise.all(asked)).map(({ json }) => json.id);
  assert.equal(new Set(ids).size, 1);
  world.pass({ minutes: 11 });

  // The database breaks off right before the end.
  await world.pool.query(`
    create function break_off() returns trigger language plpgsql as $$
      begin raise exception 'broken off'; end $$;
    create constraint trigger break_off after insert on posts deferrable initially deferred
      for each row execute function break_off()`);
  await assert.rejects(publishDue(world.ctx), /broken off/);
  assert.deepEqual([(await posts(alice)).length, (await alice.get(path)).json.length], [0, 1]);
  await world.pool.query("drop trigger break_off on posts");

  await Promise.all(Array.from({ length: 5 }, () => publishDue(world.ctx)));
  assert.deepEqual([(await posts(alice)).length, (await alice.get(path)).json.length], [1, 0]);
});

Deno.test("what waits for many years is a draft, and what can't come out becomes one", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const draft = { status: "A thought", scheduled_at: "2126-01-01T00:00:00Z" };
  const { json: kept } = await alice.post("/api/v1/statuses", draft);
  assert.deepEqual([kept.draft, kept.scheduled_at], [true, "2126-01-01T00:00:00.000Z"]);
  const answered = await bob.says("Tea?");
  const later = { scheduled_at: ahead(world, { minutes: 6 }) };
  await alice.post("/api/v1/statuses", { status: "Yes", in_reply_to_id: answered.id, ...later });
  await bob.delete(`/api/v1/statuses/${answered.id}`);
  world.pass({ minutes: 7 });
  await publishDue(world.ctx);
  const { json } = await alice.get(path);
  assert.deepEqual(json.map((one: { draft: boolean }) => one.draft), [true, true]);
  assert.equal((await posts(alice)).length, 0);

  // Those whose time has passed come out at once, as on Mastodon.
  assert.equal((await alice.says("Now", { scheduled_at: "2020-01-01T00:00:00Z" })).content, "<p>Now</p>");
  const refused = async (body: Record<string, unknown>) =>
    (await alice.post("/api/v1/statuses", { status: "No", ...body })).status;
  assert.equal(await refused({ scheduled_at: ahead(world, { minutes: 4 }) }), 422);
  assert.equal(await refused({ scheduled_at: "soon" }), 422);
  assert.equal(await refused({ ...later, scheduled_at: ahead(world, { hours: 1 }), status: "" }), 422);
  assert.equal(
    (await alice.put(`${path}/${kept.id}`, { scheduled_at: ahead(world, { minutes: 1 }) })).status,
    422,
  );
  assert.equal((await alice.put(`${path}/${kept.id}`, {})).status, 422);

  for (let number = 0; number < 25; number++) {
    assert.equal(await refused({ scheduled_at: "2032-01-01T10:00:00Z" }), 200);
  }
  assert.equal(await refused({ scheduled_at: "2032-01-01T11:00:00Z" }), 422);
  assert.equal(await refused({ scheduled_at: "2032-01-02T10:00:00Z" }), 200);
  assert.equal((await alice.get(`${path}?limit=10`)).json.length, 10);

  const { json: [one] } = await alice.get(path);
  await world.pool.query(
    `insert into scheduled_posts (id, account_id, due_at, publication)
      select new_id(now()), account_id, now() + n * interval '1 day', publication
      from scheduled_posts, generate_series(1, 300 - (select count(*)::int from scheduled_posts)) n where id = $1`,
    [one.id],
  );
  assert.equal(await refused({ scheduled_at: "2126-01-02T10:00:00Z" }), 422, "three hundred, with drafts");
  await alice.delete(`${path}/${one.id}`);
  assert.equal(await refused({ scheduled_at: "2126-01-02T10:00:00Z" }), 200);
});

function ahead(world: World, duration: Temporal.DurationLike): string {
  return world.ctx.now().add(duration).toString();
}

async function posts(who: Person) {
  return (await who.get(`/api/v1/accounts/${who.id}/statuses`)).json;
}
