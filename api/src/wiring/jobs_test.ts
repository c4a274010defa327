import assert from "node:assert/strict";
import { newWorld } from "../../test/world.ts";
import { work } from "./jobs.ts";

Deno.test("a job that does not end when its worker stops is given back to the queue", async () => {
  await using world = await newWorld();
  await using holding = new AsyncDisposableStack();
  const holder = holding.adopt(await world.pool.connect(), (client) => client.release(true));
  await holder.query("begin; lock table account_keys in exclusive mode"); // so that nobody can make keys
  const working = await work(world.ctx, world.pool);
  await world.person("alice");
  const isTaken = async () => {
    const { rows: [job] } = await world.pool.query(
      `select locked_by is not null as yes from graphile_worker.jobs
       where task_identifier = 'accounts/account.opened'`,
    );
    return job.yes;
  };
  while (!await isTaken()) await new Promise((resolve) => setTimeout(resolve, 20));
  await working.stop(50);
  assert.equal(await isTaken(), false);
});
