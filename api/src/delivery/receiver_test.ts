import assert from "node:assert/strict";
import { newWorld, type World } from "../../test/world.ts";
import type { Ctx } from "../base/ctx.ts";
import { Forbidden } from "../base/errors.ts";
import { FetchFailed } from "../base/fetched.ts";
import type { Understood } from "./activities.ts";
import { insertArrival, presenceOf, releaseForDead } from "./inbox_store.ts";
import { chores } from "./jobs.ts";
import { Receiver } from "./receiver.ts";

/** How what came in is worked off: in whose order, how fairly, how patiently, and what is left of it. */

const uriOf = (name: string) => `https://${name.split("@")[1]}/users/${name.split("@")[0]}`;
let count = 0;

/** A `Like` by `rimu@elsewhere.test` as the inbox keeps it, proven. */
async function arrives(
  { ctx }: World,
  who: string,
  object = `https://riff.test/${++count}`,
  json: object = {},
) {
  const actorUri = uriOf(who);
  const activityUri = `${new URL(actorUri).origin}/activities/${++count}`;
  const context = "https://www.w3.org/ns/activitystreams";
  const body = JSON.stringify({
    "@context": context,
    id: activityUri,
    type: "Like",
    actor: actorUri,
    object,
    ...json,
  });
  const arrival = { activityUri, actorUri, host: new URL(actorUri).host, type: "Like" as const, body };
  await insertArrival(ctx.db, arrival, ctx.now());
  return activityUri;
}

/** What is done about each `Like`. */
function liking(act: (who: string, object: string, ctx: Ctx) => Promise<void> | void): Understood {
  return { Like: async (ctx, like) => await act(like.actorId!.href, like.objectId!.href, ctx) };
}

interface Row {
  attempts: number;
  body: string | null;
  last_error: string | null;
  is_done: boolean;
  due_at: Temporal.Instant;
  claimed_until: Temporal.Instant | null;
}

async function rowsOf(world: World): Promise<Row[]> {
  const { rows } = await world.pool.query("select *, done_at is not null as is_done from inbox order by id");
  return rows;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

Deno.test("what one actor did happens in its order, and what several did side by side", async () => {
  await using world = await newWorld();
  const people = ["rimu@elsewhere.test", "tane@elsewhere.test", "aroha@far.test"];
  for (let index = 0; index < 30; index++) {
    await arrives(world, people[index % 3]!, `https://riff.test/${100 + index}`);
  }
  const seen = new Map<string, number[]>();
  let atOnce = 0;
  let most = 0;
  await new Receiver(
    world.ctx,
    liking(async (who, object) => {
      most = Math.max(most, ++atOnce);
      await pause(Math.random() * 8);
      atOnce--;
      seen.set(who, [...seen.get(who) ?? [], Number(object.split("/").at(-1))]);
    }),
  ).work();
  assert.equal(most, 3);
  for (const [index, who] of people.entries()) {
    assert.deepEqual(seen.get(uriOf(who)), Array.from({ length: 10 }, (_, turn) => 100 + index + 3 * turn));
  }
});

Deno.test("two processes never work for one actor at a time, and each activity has its effect once", async () => {
  await using world = await newWorld();
  for (let index = 0; index < 60; index++) await arrives(world, `rimu${index % 4}@elsewhere.test`);
  const busy = new Set<string>();
  let done = 0;
  const understood = liking(async (who) => {
    assert.ok(!busy.has(who), "twice at a time");
    busy.add(who);
    await pause(3);
    busy.delete(who);
    done++;
  });
  const receivers = [1, 2, 3].map(() => new Receiver(world.ctx, understood).work());
  assert.equal((await Promise.all(receivers)).reduce((sum, one) => sum + one), 60);
  assert.equal(done, 60);
});

Deno.test("a host that keeps us waiting delays no other", async () => {
  await using world = await newWorld();
  for (let index = 0; index < 150; index++) await arrives(world, `slow${index}@slow.test`);
  for (let index = 0; index < 40; index++) await arrives(world, `rimu${index}@elsewhere.test`);
  const release = Promise.withResolvers<void>();
  let quick = 0;
  const working = new Receiver(
    world.ctx,
    liking(async (who) => {
      if (who.includes("slow.test")) return await release.promise;
      quick++;
    }),
  ).work();
  for (let waited = 0; quick < 40 && waited < 500; waited++) await pause(10);
  assert.equal(quick, 40);
  release.resolve();
  assert.equal(await working, 190);
});

Deno.test("what comes in while something else keeps us waiting is taken at once", async () => {
  await using world = await newWorld();
  await arrives(world, "slow@slow.test");
  const release = Promise.withResolvers<void>();
  const quick = Promise.withResolvers<void>();
  const understood = liking((who) => who.includes("slow") ? release.promise : quick.resolve());
  const receiver = new Receiver(world.ctx, understood);
  const working = receiver.work();
  while ((await rowsOf(world))[0]!.claimed_until === null) await pause(5);
  await arrives(world, "rimu@elsewhere.test");
  receiver.wake();
  await quick.promise;
  release.resolve();
  assert.equal(await working, 2);
});

Deno.test("a refusal ends it; a fault is tried again with growing pauses, ten times", async () => {
  await using world = await newWorld();
  await arrives(world, "rimu@elsewhere.test", "https://riff.test/refused");
  await arrives(world, "tane@elsewhere.test", "https://riff.test/fails");
  let attempts = 0;
  const understood = liking((_who, object) => {
    if (object.endsWith("refused")) throw new Forbidden("No");
    attempts++;
    throw new FetchFailed("timeout", "far.test took too long");
  });
  const pauses: number[] = [];
  for (let round = 0; round < 12; round++) {
    await new Receiver(world.ctx, understood).work();
    const [refused, failing] = await rowsOf(world);
    assert.deepEqual([refused!.is_done, refused!.last_error, refused!.body], [true, "Forbidden: No", null]);
    pauses.push(failing!.due_at.since(world.ctx.now()).total("minutes"));
    await new Receiver(world.ctx, understood).work();
    assert.equal(attempts, Math.min(10, round + 1), "not before its time");
    world.pass({ hours: 13 });
  }
  assert.ok(pauses[0]! < 1 && pauses[3]! > 3 && pauses[8]! > 60, `${pauses}`);
  const [, failed] = await rowsOf(world);
  assert.deepEqual([failed!.is_done, failed!.attempts], [true, 10]);
  assert.match(failed!.last_error!, /far\.test took too long/);
});

Deno.test("what can't be had now is asked for again, and what never can be is not", async () => {
  await using world = await newWorld();
  await arrives(world, "rimu@elsewhere.test", "https://riff.test/dns");
  await arrives(world, "tane@elsewhere.test", "https://riff.test/forbidden");
  const understood = liking((_who, object) => {
    throw new FetchFailed(object.endsWith("dns") ? "dns" : "forbidden", "It can't be had");
  });
  await new Receiver(world.ctx, understood).work();
  assert.deepEqual((await rowsOf(world)).map((row) => row.is_done), [false, true]);
});

Deno.test("one bad activity holds up nothing that its actor does afterwards", async () => {
  await using world = await newWorld();
  await arrives(world, "rimu@elsewhere.test", "https://riff.test/bad");
  await arrives(world, "rimu@elsewhere.test", "https://riff.test/good");
  const done: string[] = [];
  await new Receiver(
    world.ctx,
    liking((_who, object) => {
      if (object.endsWith("bad")) throw new FetchFailed("network", "It broke off");
      done.push(object);
    }),
  ).work();
  assert.deepEqual(done, ["https://riff.test/good"]);
});

Deno.test("an activity that JSON-LD reads otherwise than JSON has no effect", async () => {
  await using world = await newWorld();
  const activityStreams = "https://www.w3.org/ns/activitystreams";
  const victim = "https://victim.test/users/victim";
  await arrives(world, "rimu@elsewhere.test", "https://riff.test/1", {
    "@context": [activityStreams, {
      actor: "https://nowhere.test/none",
      who: { "@id": "as:actor", "@type": "@id" },
    }],
    who: victim,
  });
  await arrives(world, "rimu@elsewhere.test", "https://riff.test/2", {
    "as:actor": { "@id": victim },
    actor: undefined,
  });
  await arrives(world, "rimu@elsewhere.test", "https://riff.test/3", {
    id: "https://victim.test/activities/1",
  });
  const seen: string[] = [];
  await new Receiver(world.ctx, liking((who) => void seen.push(who))).work();
  assert.deepEqual(seen, []);
  assert.deepEqual((await rowsOf(world)).map((row) => row.is_done), [true, true, true]);
});

Deno.test("what a killed process had begun is free at once where it had shown that it lived", async () => {
  await using world = await newWorld();
  await arrives(world, "rimu@elsewhere.test");
  const life = await world.pool.connect();
  await life.query(presenceOf(4711));
  const hanging = new Receiver(world.ctx, liking(() => new Promise(() => {})), 4711);
  hanging.work().catch(() => {}); // this one will never end
  while ((await rowsOf(world))[0]!.claimed_until === null) await pause(5);

  let done = 0;
  const other = new Receiver(world.ctx, liking(() => void done++));
  await releaseForDead(world.ctx.db);
  await other.work();
  assert.equal(done, 0, "it lives");
  await life.query("select pg_advisory_unlock_all()");
  life.release();
  await releaseForDead(world.ctx.db);
  await other.work();
  assert.equal(done, 1);
});

Deno.test("a claim is void after two minutes, whoever made it", async () => {
  await using world = await newWorld();
  await arrives(world, "rimu@elsewhere.test");
  new Receiver(world.ctx, liking(() => new Promise(() => {}))).work().catch(() => {});
  while ((await rowsOf(world))[0]!.claimed_until === null) await pause(5);
  let done = 0;
  const other = new Receiver(world.ctx, liking(() => void done++));
  await other.work();
  world.pass({ seconds: 121 });
  await other.work();
  assert.equal(done, 1);
});

Deno.test("whoever is told to stop ends what has begun and gives back the rest", async () => {
  await using world = await newWorld();
  for (let index = 0; index < 5; index++) await arrives(world, "rimu@elsewhere.test");
  const stop = new AbortController();
  await new Receiver(world.ctx, liking(() => stop.abort())).work(stop.signal);
  const rows = await rowsOf(world);
  assert.deepEqual(rows.map((row) => row.is_done), [true, false, false, false, false]);
  assert.deepEqual(rows.map((row) => row.attempts), [1, 0, 0, 0, 0]);
  assert.ok(rows.every((row) => row.claimed_until === null));
});

Deno.test("many activities cost few statements beside what they bring about", async () => {
  await using world = await newWorld();
  for (let index = 0; index < 100; index++) {
    await arrives(world, `rimu${index % 5}@elsewhere${index % 10}.test`);
  }
  const statements = await world.countQueries(() => new Receiver(world.ctx, liking(() => {})).work());
  assert.ok(statements < 40, `${statements} statements for 100 activities`);
});

Deno.test("of what is done with only the name is kept, and for seven days", async () => {
  await using world = await newWorld();
  const uri = await arrives(world, "rimu@elsewhere.test");
  await new Receiver(world.ctx, liking(() => {})).work();
  const tidied = async () => {
    await chores.tidy!.run(world.ctx);
    return (await world.pool.query("select activity_uri, body from inbox")).rows;
  };
  world.pass({ hours: 6 * 24 });
  assert.deepEqual(await tidied(), [{ activity_uri: uri, body: null }]);
  world.pass({ hours: 25 });
  assert.deepEqual(await tidied(), []);
});
