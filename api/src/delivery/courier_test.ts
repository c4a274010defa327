import assert from "node:assert/strict";
import { createVerify } from "node:crypto";
import { keysOf } from "../accounts/keys.ts";
import { newWorld, type World } from "../../test/world.ts";
import { Courier } from "./courier.ts";
import { deliver } from "./deliver.ts";
import { noteHeard } from "../servers/store.ts";
import { setPaused } from "./health_store.ts";
import { chores } from "./jobs.ts";

/** A server elsewhere that takes whatever is posted to it, and answers as it is told. */
interface Elsewhere extends AsyncDisposable {
  host: string;
  heard: { path: string; headers: Headers; body: string }[];
  answer: () => Response | Promise<Response>;
}

function elsewhere(): Elsewhere {
  const heard: Elsewhere["heard"] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    heard.push({ path: new URL(request.url).pathname, headers: request.headers, body: await request.text() });
    return await it.answer();
  });
  const it: Elsewhere = {
    host: `localhost:${server.addr.port}`,
    heard,
    answer: () => new Response(null, { status: 202 }),
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
  return it;
}

const newCourierWorld = () => newWorld({ settings: { ALLOW_LOOPBACK: ".test,localhost" } });

/** Somebody there who follows alice. */
async function follower(
  world: World,
  name: string,
  host: string,
  followsId: string,
  shared = true,
): Promise<void> {
  const uri = `http://${host}/users/${name}`;
  await world.pool.query(
    `with them as (
       insert into accounts (username, domain, uri, url, inbox_uri, shared_inbox_uri)
       values ($1, $2, $3, $3, $3 || '/inbox', $4) returning id)
     insert into follows (follower_id, account_id) select id, $5 from them`,
    [name, host, uri, shared ? `http://${host}/inbox` : null, followsId],
  );
}

async function waiting(world: World): Promise<number> {
  return Number((await world.pool.query("select count(*) from deliveries")).rows[0].count);
}

const note = (n: number) => ({
  type: "Create",
  id: `http://riff.test/ap/activities/${n}`,
  object: `text ${n}`,
});

Deno.test("each inbox gets an activity once, signed by its actor; shared inboxes stand for many", async () => {
  await using world = await newCourierWorld();
  await using there = elsewhere();
  const { account: alice } = await world.person("alice");
  for (const name of ["one", "two", "three"]) await follower(world, name, there.host, alice.id);
  await follower(world, "alone", there.host, alice.id, false);

  await deliver(world.ctx, alice, note(1), {
    followersOf: alice.id,
    inboxes: [`http://${there.host}/inbox`],
  });
  await new Courier(world.ctx).carry();
  assert.deepEqual(there.heard.map((one) => one.path).sort(), ["/inbox", "/users/alone/inbox"]);
  assert.equal(await waiting(world), 0);

  const [{ headers, body, path }] = there.heard as [Elsewhere["heard"][number]];
  assert.equal(headers.get("content-type"), "application/activity+json");
  assert.equal(JSON.parse(body).object, "text 1");
  const signature = headers.get("signature")!.match(/signature="([^"]+)"/)![1]!;
  const lines = [
    `(request-target): post ${path}`,
    `host: ${there.host}`,
    `date: ${headers.get("date")}`,
    `digest: ${headers.get("digest")}`,
    `content-type: ${headers.get("content-type")}`,
  ];
  const { rsaPublicPem } = await keysOf(world.ctx, alice);
  assert.ok(createVerify("RSA-SHA256").update(lines.join("\n")).verify(rsaPublicPem, signature, "base64"));
  assert.match(headers.get("signature")!, new RegExp(`keyId="${alice.uri}#main-key"`));
});

Deno.test("a server in trouble is asked again after growing pauses, and gets everything in the end", async () => {
  await using world = await newCourierWorld();
  await using there = elsewhere();
  const { account: alice } = await world.person("alice");
  await follower(world, "rimu", there.host, alice.id);
  there.answer = () => new Response(null, { status: 503 });
  for (const n of [1, 2, 3]) await deliver(world.ctx, alice, note(n), { followersOf: alice.id });

  const courier = new Courier(world.ctx);
  const attempts = async () => {
    there.heard.length = 0;
    await courier.carry();
    return there.heard.length;
  };
  const first = await attempts();
  assert.ok(first >= 1 && first <= 3);
  assert.equal(await attempts(), 0, "not again at once");
  world.pass({ seconds: 40 });
  assert.ok(await attempts() >= 1);
  world.pass({ seconds: 40 });
  assert.equal(await attempts(), 0, "the second pause is longer");
  world.pass({ hours: 1 });
  there.answer = () => new Response(null, { status: 202 });
  assert.equal(await attempts(), 3);
  assert.equal(await waiting(world), 0);
  const { rows: [server] } = await world.pool.query("select failures, retry_at from servers");
  assert.deepEqual(server, { failures: 0, retry_at: null });
});

Deno.test("410 and its like end a delivery; 401 does not", async () => {
  await using world = await newCourierWorld();
  await using there = elsewhere();
  const { account: alice } = await world.person("alice");
  await follower(world, "rimu", there.host, alice.id);
  for (const [status, left] of [[410, 0], [404, 0], [400, 0], [413, 0], [401, 1], [408, 1]] as const) {
    await world.pool.query("delete from deliveries");
    there.answer = () => new Response(null, { status });
    await deliver(world.ctx, alice, note(status), { followersOf: alice.id });
    await new Courier(world.ctx).carry();
    assert.equal(await waiting(world), left, String(status));
  }
});

Deno.test("a slow server delays no other", async () => {
  await using world = await newCourierWorld();
  await using slow = elsewhere();
  await using quick = elsewhere();
  const { account: alice } = await world.person("alice");
  const released = Promise.withResolvers<void>();
  slow.answer = async () => {
    await released.promise;
    return new Response(null, { status: 202 });
  };
  for (let n = 0; n < 150; n++) {
    await deliver(world.ctx, alice, note(n), { inboxes: [`http://${slow.host}/inbox`] });
  }
  await deliver(world.ctx, alice, note(999), { inboxes: [`http://${quick.host}/inbox`] });
  const quickHeard = Promise.withResolvers<void>();
  quick.answer = () => {
    quickHeard.resolve();
    return new Response(null, { status: 202 });
  };
  const carrying = new Courier(world.ctx).carry();
  await quickHeard.promise; // would wait for ever if the slow one held everything up
  assert.ok(slow.heard.length <= 4, "and no server gets more than a few at once");
  released.resolve();
  await carrying;
  assert.equal(slow.heard.length, 150);
});

Deno.test("what a dead worker had claimed is sent by another", async () => {
  await using world = await newCourierWorld();
  await using there = elsewhere();
  const { account: alice } = await world.person("alice");
  await deliver(world.ctx, alice, note(1), { inboxes: [`http://${there.host}/inbox`] });
  await world.pool.query("update deliveries set claimed_until = now() + interval '2 minutes'");
  const courier = new Courier(world.ctx);
  await courier.carry();
  assert.equal(there.heard.length, 0);
  world.pass({ minutes: 3 });
  await courier.carry();
  assert.equal(there.heard.length, 1);
});

Deno.test("what was sent is kept for seven days, what was not goes with it, and what is paused stays", async () => {
  await using world = await newCourierWorld();
  await using there = elsewhere();
  await using later = elsewhere();
  const alice = await world.person("alice");
  await follower(world, "rimu", there.host, alice.id);
  await alice.says("Hello");
  await world.settle();
  there.answer = () => new Response(null, { status: 503 });
  await alice.says("Are you there?");
  await world.settle();
  await setPaused(world.ctx.db, later.host, true, world.ctx.now());
  await deliver(world.ctx, alice.account, note(3), { inboxes: [`http://${later.host}/inbox`] });
  const kept = async () => {
    await chores.tidy!.run(world.ctx);
    return [(await world.pool.query("select from activities")).rows.length, await waiting(world)];
  };
  world.pass({ hours: 6 * 24 });
  assert.deepEqual(await kept(), [3, 2]);
  world.pass({ hours: 25 });
  assert.deepEqual(await kept(), [1, 1]);
  await setPaused(world.ctx.db, later.host, false, world.ctx.now());
  assert.deepEqual(await kept(), [1, 1]);
  await world.settle();
  assert.equal(later.heard.length, 1);
});

Deno.test("for a server that is lost for a week one thing waits, until it is back or is heard", async () => {
  await using world = await newCourierWorld();
  await using there = elsewhere();
  const { account: alice } = await world.person("alice");
  await follower(world, "rimu", there.host, alice.id);
  let said = 0;
  const says = () => deliver(world.ctx, alice, note(++said), { followersOf: alice.id });
  there.answer = () => new Response(null, { status: 503 });
  await says();
  await new Courier(world.ctx).carry();
  world.pass({ hours: 6 * 24 });
  for (let count = 0; count < 3; count++) await says();
  assert.equal(await waiting(world), 4, "it may have been away for the week-end");
  world.pass({ hours: 25 });
  await chores.tidy!.run(world.ctx);
  assert.equal(await waiting(world), 3, "what is older than a week is given up");
  await noteHeard(world.ctx.db, [there.host], world.ctx.now());
  await says();
  assert.equal(await waiting(world), 4, "it speaks, so it will listen");
  await world.pool.query("delete from deliveries");
  await world.pool.query("update servers set last_heard_at = null");
  for (let count = 0; count < 3; count++) await says();
  assert.equal(await waiting(world), 1);
  world.pass({ hours: 13 });
  there.answer = () => new Response(null, { status: 202 });
  await new Courier(world.ctx).carry();
  assert.equal(await waiting(world), 0);
  for (let count = 0; count < 3; count++) await says();
  assert.equal(await waiting(world), 3);
});

Deno.test("two couriers side by side send nothing twice", async () => {
  await using world = await newCourierWorld();
  await using there = elsewhere();
  const { account: alice } = await world.person("alice");
  for (let n = 0; n < 60; n++) {
    await deliver(world.ctx, alice, note(n), { inboxes: [`http://${there.host}/${n}`] });
  }
  await Promise.all([new Courier(world.ctx).carry(), new Courier(world.ctx).carry()]);
  assert.equal(there.heard.length, 60);
  assert.equal(new Set(there.heard.map((one) => one.path)).size, 60);
});
