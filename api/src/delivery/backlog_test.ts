import assert from "node:assert/strict";
import { ask, newElsewhere, type Stranger } from "../../test/elsewhere.ts";
import { cavageSigned } from "../../test/signing.ts";
import { newWorld, type World } from "../../test/world.ts";
import { lookAtBacklog, mostWaiting } from "./backlog.ts";

/** So many activities of that host wait for better times. */
async function wait({ pool }: World, host: string, count: number, text = "{}"): Promise<void> {
  await pool.query(
    `insert into inbox (activity_uri, actor_uri, host, type, body, due_at)
     select $1 || gen_random_uuid(), $1, $2, 'Like', $3, now() + interval '1 hour' from generate_series(1, $4::int)`,
    [`http://${host}/`, host, text, count],
  );
}

/** What a like gets for an answer. */
async function likes(world: World, who: Stranger): Promise<{ status: number; after?: string }> {
  const { path, headers, body } = await cavageSigned(world, who);
  const answer = await ask(world, "POST", path, headers, body);
  return { status: answer.status, after: answer.headers["retry-after"] };
}

Deno.test("a host of which too much waits is asked to come again later, and others are heard", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  await using far = newElsewhere("far.test");
  const [rimu, tane] = [await elsewhere.person("rimu"), await far.person("tane")];
  await wait(world, elsewhere.host, mostWaiting.ofOne.activities - 1);
  await world.settle();
  assert.equal((await likes(world, rimu)).status, 202);
  await wait(world, elsewhere.host, 1);
  await world.settle();
  assert.deepEqual(await likes(world, rimu), { status: 429, after: "60" });
  assert.equal((await likes(world, tane)).status, 202);
  await world.pool.query("update inbox set done_at = now() where done_at is null");
  await world.settle();
  assert.equal((await likes(world, rimu)).status, 202, "it is done");
});

Deno.test("what waits is bounded by its bytes, too, and so is what waits of all together", async () => {
  await using world = await newWorld();
  const body = (bytes: number) => Array.from({ length: bytes / 36 }, () => crypto.randomUUID()).join("");
  await wait(world, "long.test", 1, body(72_000));
  for (const host of ["one.test", "two.test", "three.test"]) await wait(world, host, 3);
  const crowded = async (ofOne: [number, number], ofAll: [number, number]) => {
    const [one, all] = [ofOne, ofAll].map(([activities, bytes]) => ({
      activities: activities!,
      bytes: bytes!,
    }));
    await lookAtBacklog(world.ctx, { ofOne: one!, ofAll: all! });
    return [...world.ctx.crowded].sort();
  };
  assert.deepEqual(await crowded([4, 1_000_000], [100, 1_000_000]), []);
  assert.deepEqual(await crowded([4, 30_000], [100, 1_000_000]), ["long.test"]);
  assert.deepEqual(await crowded([3, 1_000_000], [100, 1_000_000]), ["one.test", "three.test", "two.test"]);
  assert.deepEqual(await crowded([4, 1_000_000], [10, 1_000_000]), ["*"]);
  assert.deepEqual(await crowded([4, 1_000_000], [100, 30_000]), ["*"]);
});
