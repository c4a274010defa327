import assert from "node:assert/strict";
import net from "node:net";
import { eventually } from "./deployment.ts";
import { newWorld, type World } from "./world.ts";

const visitors = 50;

Deno.test("a client that hangs up in mid-request gives its connection back", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const reading =
    `GET /api/v1/timelines/home HTTP/1.1\r\nHost: riff\r\nAuthorization: Bearer ${alice.token}\r\n\r\n`;
  {
    // While somebody else holds the posts, whoever wants to read them waits in the middle of their request.
    await using _held = await hold(world, "posts");
    const sockets = await Promise.all(Array.from({ length: visitors }, () => send(world, reading)));
    await eventually(() => Promise.resolve(world.pool.waitingCount > 0));
    assert.equal(world.pool.idleCount, 0, "all connections wait for the posts");
    for (const socket of sockets) socket.destroy();
  }
  await isCalm(world);
  assert.equal((await alice.get("/api/v1/timelines/home")).status, 200);
});

Deno.test("half a request changes nothing and holds nothing", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const half = [
    `POST /api/v1/statuses HTTP/1.1\r\nHost: riff\r\nAuthorization: Bearer ${alice.token}\r\n`,
    `Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"status": "Half a`,
  ].join("");
  const sockets = await Promise.all(Array.from({ length: visitors }, () => send(world, half)));
  assert.equal((await alice.says("Somebody else has finished")).account.statuses_count, 1);
  for (const socket of sockets) socket.destroy();
  await isCalm(world);
  const { rows } = await world.pool.query("select count(*)::int as posts from posts");
  assert.deepEqual(rows, [{ posts: 1 }]);
});

/** Sends this much of a request and leaves the line open. */
async function send(world: World, text: string): Promise<net.Socket> {
  const socket = net.connect(Number(new URL(world.url).port), "127.0.0.1");
  socket.on("error", () => {});
  await new Promise((resolve, reject) =>
    socket.write(text, (error) => error ? reject(error) : resolve(undefined))
  );
  return socket;
}

/** Keeps a table from everybody, until disposed of. */
async function hold(world: World, table: string): Promise<AsyncDisposable> {
  const client = await world.pool.connect();
  await client.query(`begin; lock table ${table} in access exclusive mode`);
  return {
    [Symbol.asyncDispose]: async () => {
      await client.query("rollback");
      client.release();
    },
  };
}

/** Nobody holds a connection any more: neither here, nor in the eyes of the database. */
async function isCalm({ pool, database }: World): Promise<void> {
  await eventually(() => Promise.resolve(pool.waitingCount === 0 && pool.idleCount === pool.totalCount));
  const { rows } = await pool.query(
    `select count(*)::int as busy from pg_stat_activity
     where datname = $1 and pid <> pg_backend_pid() and state <> 'idle'`,
    [database],
  );
  assert.deepEqual(rows, [{ busy: 0 }]);
  assert.ok(pool.totalCount <= pool.options.max);
}
