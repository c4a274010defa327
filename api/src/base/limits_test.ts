import assert from "node:assert/strict";
import { sql } from "kysely";
import { toFullHour } from "../../test/clock.ts";
import { newWorld, type World, type WorldOptions } from "../../test/world.ts";
import { TooMany } from "./errors.ts";
import { forgetWindows, type Limit, spend, spendOrRefuse } from "./limits.ts";

const many: Limit = { name: "many", most: 300, seconds: 300 };
const few: Limit = { name: "few", most: 3, seconds: 300 };

async function limited(options: WorldOptions = {}): Promise<World> {
  const world = await newWorld({ ...options, settings: { RATE_LIMITS: "on" } });
  toFullHour(world);
  return world;
}

async function allowedOf(world: World, limit: Limit, who: string, times: number): Promise<number> {
  const standings = await Promise.all(Array.from({ length: times }, () => spend(world.ctx, limit, who)));
  return standings.filter(({ allowed }) => allowed).length;
}

Deno.test("a rate limit lets through as many as it says, however many come at once", async () => {
  await using world = await limited();
  assert.equal(await allowedOf(world, few, "alice", 20), 3);
  assert.equal(await allowedOf(world, few, "bob", 20), 3);
  assert.equal(await allowedOf(world, many, "alice", 1000), 300);
});

Deno.test("a rate limit starts anew when its window ends", async () => {
  await using world = await limited();
  for (const remaining of [2, 1, 0]) {
    assert.equal((await spend(world.ctx, few, "alice")).remaining, remaining);
  }
  const { allowed, remaining, resetsAt } = await spend(world.ctx, few, "alice");
  assert.deepEqual([allowed, remaining], [false, 0]);
  assert.equal(resetsAt.epochMilliseconds % 300_000, 0);
  world.pass({ seconds: 300 });
  assert.equal(await allowedOf(world, few, "alice", 20), 3);
});

Deno.test("most requests are counted without asking the database, and none is that was refused before", async () => {
  await using world = await limited();
  const counting = await world.countQueries(async () => {
    for (let i = 0; i < 300; i++) await spend(world.ctx, many, "alice");
  });
  assert.equal(counting, 10);
  const refusing = await world.countQueries(async () => {
    for (let i = 0; i < 300; i++) await spend(world.ctx, many, "alice");
  });
  assert.ok(refusing <= 1, `${refusing} queries`);
});

Deno.test("two processes never let more through together than the limit says", async () => {
  await using one = await limited();
  await using other = await limited({ name: new URL(one.ctx.config.baseUrl).host, database: one.database });
  let allowed = 0;
  for (let i = 0; i < 10; i++) {
    allowed += await allowedOf(one, many, "alice", 40);
    allowed += await allowedOf(other, many, "alice", 40);
  }
  assert.equal(allowed, 300);
  assert.equal(await allowedOf(one, few, "alice", 2), 2);
  assert.equal(await allowedOf(other, few, "alice", 2), 1);
});

Deno.test("a request that was too many is refused, and told when to come back", async () => {
  await using world = await limited();
  for (let i = 0; i < 3; i++) await spendOrRefuse(world.ctx, few, "alice");
  const { resetsAt } = await spend(world.ctx, few, "alice");
  await assert.rejects(
    spendOrRefuse(world.ctx, few, "alice"),
    (error) => error instanceof TooMany && error.status === 429 && error.retryAt?.equals(resetsAt) === true,
  );
});

Deno.test("a process keeps a bounded number of counters in mind, and forgets none of what was counted", async () => {
  await using world = await limited();
  for (let i = 0; i < 3; i++) await spend(world.ctx, few, "alice");
  for (let i = 0; i < 10_000; i++) world.ctx.leases.set(`few ${i}`, { endsAt: 0, left: 0, untaken: 0 });
  assert.equal((await spend(world.ctx, few, "bob")).allowed, true);
  assert.equal(world.ctx.leases.size, 10_000);
  world.ctx.leases.clear();
  assert.equal((await spend(world.ctx, few, "alice")).allowed, false);
});

Deno.test("counters whose window is over are forgotten", async () => {
  await using world = await limited();
  await spend(world.ctx, few, "alice");
  await forgetWindows(world.ctx.db, world.ctx.now());
  assert.equal(await rows(world), 1);
  world.pass({ seconds: 301 });
  await forgetWindows(world.ctx.db, world.ctx.now());
  assert.equal(await rows(world), 0);
});

Deno.test("with RATE_LIMITS off nothing is counted", async () => {
  await using world = await newWorld();
  const queries = await world.countQueries(async () =>
    assert.equal(await allowedOf(world, few, "alice", 9), 9)
  );
  assert.equal(queries, 0);
});

async function rows(world: World): Promise<number> {
  return (await sql`select from rate_limits`.execute(world.ctx.db)).rows.length;
}
