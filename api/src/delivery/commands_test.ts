import assert from "node:assert/strict";
import { newElsewhere } from "../../test/elsewhere.ts";
import { premisesOf, typed } from "../../test/terminal.ts";
import { newWorld } from "../../test/world.ts";

Deno.test("an admin sees which servers don't answer, has them asked again, and stops and resumes sending", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  await using premises = premisesOf(world);
  const riff = async (command: string) => {
    const { code, out, err } = await typed(`${command} --json`, premises);
    return { code, err, json: JSON.parse(out) };
  };
  const alice = await world.person("alice");
  await elsewhere.person("rimu");
  let taken = 0;
  const answers = (status: number) =>
    elsewhere.serve("/inbox", () => {
      if (status === 202) taken++;
      return new Response(null, { status });
    });
  const nothing = await typed("federation status", premises);
  assert.deepEqual([nothing.code, nothing.out], [0, "Nothing waits to be sent, and every server answers"]);
  assert.equal((await riff("federation status elsewhere.test")).code, 1, "nothing was ever sent there");

  answers(503);
  await alice.says("@rimu@elsewhere.test Are you there?");
  await world.settle();
  const { json: { waiting, servers: [server] } } = await riff("federation status");
  assert.deepEqual([waiting, server.host, server.waiting, server.failures], [1, "elsewhere.test", 1, 1]);
  assert.equal(server.last_error, "answered 503");
  assert.ok(server.failing_since && server.retry_at);
  const { out } = await typed("federation status ELSEWHERE.test", premises);
  assert.match(out, /^elsewhere\.test +1 +failed once +\S+Z +answered 503$/m);
  assert.match(out, /`federation retry HOST` tries again at once$/);

  answers(202);
  await world.settle();
  assert.equal(taken, 0, "a pause is being kept");
  assert.equal((await riff("federation retry")).code, 2, "which one?");
  assert.deepEqual((await riff("federation retry elsewhere.test")).json, { retried: 1 });
  await world.settle();
  assert.equal(taken, 1);
  assert.equal((await riff("federation status elsewhere.test")).json.servers[0].failing_since, null);

  const paused = { host: "elsewhere.test", paused: true, waiting: 0 };
  assert.deepEqual((await riff("federation pause elsewhere.test")).json, paused);
  await alice.says("@rimu@elsewhere.test And now?");
  await world.settle();
  assert.deepEqual((await riff("federation retry --all")).json, { retried: 0 });
  await world.settle();
  assert.equal(taken, 1);
  assert.match((await typed("federation status", premises)).out, /^elsewhere\.test +1 +paused/m);
  assert.deepEqual((await riff("federation resume elsewhere.test")).json, {
    ...paused,
    paused: false,
    waiting: 1,
  });
  await world.settle();
  assert.equal(taken, 2);

  const { rows } = await world.pool.query(
    "select details->>'command' as command from audit_log where action = 'command' order by id",
  );
  assert.deepEqual(rows.map(({ command }) => command), [
    "federation retry",
    "federation pause",
    "federation retry",
    "federation resume",
  ]);
});
