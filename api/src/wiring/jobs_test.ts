import assert from "node:assert/strict";
import { newWorld } from "../../test/world.ts";
import { addJobs } from "../base/events.ts";
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

Deno.test("of all that an event brings about, only what failed is done again", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await bob.post(`/api/v1/accounts/${alice.id}/follow`);
  await world.settle();
  await world.pool.query("alter table conversations rename to elsewhere");
  await alice.post("/api/v1/statuses", { status: "@bob the kettle sings", visibility: "direct" });
  await world.settle();
  const left = async () => {
    const { rows } = await world.pool.query("select task_identifier as name from graphile_worker.jobs");
    return rows.map(({ name }) => name);
  };
  const told = async () => (await bob.get("/api/v1/notifications")).json.length;
  assert.deepEqual(await left(), ["conversations/post.created"]);
  assert.equal(await told(), 1);

  await world.pool.query("alter table elsewhere rename to conversations");
  await world.pool.query("update graphile_worker._private_jobs set run_at = now()");
  await world.settle();
  assert.deepEqual(await left(), []);
  assert.equal(await told(), 1);
  assert.equal((await bob.get("/api/v1/conversations")).json.length, 1);
});

Deno.test("what the version before left to be done is done: posts are found, and whom they name is told", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await bob.post(`/api/v1/accounts/${alice.id}/follow`);
  await world.settle();
  const post = await alice.says("@bob the kettle sings");
  await world.pool.query("delete from graphile_worker._private_jobs");
  await world.pool.query("delete from post_words");
  const payload = { postId: post.id, isLocal: true, hasLinks: true };
  const jobs = ["notifications/post.created", "search/post.created"];
  await addJobs(world.ctx.db, [{ identifier: "post.created", payload: { jobs, payload } }]);
  await world.settle();
  assert.equal((await bob.get("/api/v1/notifications")).json.length, 1);
  assert.equal((await alice.get("/api/v2/search?type=statuses&q=kettle")).json.statuses.length, 1);
  assert.deepEqual((await world.pool.query("select from graphile_worker.jobs")).rows, []);
});
