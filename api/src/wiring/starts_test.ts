import assert from "node:assert/strict";
import { openMailServer } from "../../test/mail_server.ts";
import { freePort, start } from "../../test/process.ts";
import { newWorld, type World } from "../../test/world.ts";
import { signUp } from "../auth/sign_up.ts";

Deno.test("one command starts everything and says how to become its admin; Ctrl-C stops all of it", async () => {
  await using home = await newHome();
  await using riff = start("start", home.settings);
  await riff.says("works once");
  const link = riff.said.match(/http:\S+\/auth\/admin\/\S+/)![0];
  assert.equal((await fetch(link)).status, 200);
  assert.ok(riff.said.includes(`riff answers at     ${home.url}\n`), riff.said);
  assert.ok(riff.said.includes(`Its data lies in    ${home.dir}\n`), riff.said);

  await using second = start("start", home.settings);
  assert.equal(await second.ended, 1);
  assert.match(second.said, new RegExp(`Port ${home.settings.PORT} is taken, perhaps by another riff`));

  await using command = start(
    "riff",
    home.settings,
    "accounts create alice --email a@mail.test --role admin",
  );
  assert.equal(await command.ended, 0, command.said);
  assert.equal((await fetch(`${home.url}/health/ready`)).status, 200);
  assert.equal((await fetch(`${home.url}/@alice`)).status, 200);

  riff.signal("SIGINT");
  assert.equal(await riff.ended, 0);
  assert.match(riff.said, /Stopping: [^]*Stopped\n$/);
  assert.doesNotMatch(riff.said, /level=/, "nothing was worth a line in the log");
  assert.equal(await home.database(), undefined);
});

Deno.test("whatever was interrupted or killed, the next start has everything", async () => {
  await using home = await newHome();
  await using interrupted = start("start", home.settings);
  await interrupted.says("Making a new database");
  interrupted.signal("SIGINT");
  assert.equal(await interrupted.ended, 0, interrupted.said);
  assert.equal(await home.database(), undefined);

  await using first = start("start", home.settings);
  await first.says("works once");
  const { PORT: _, ...elsewhere } = home.settings;
  await using command = start("riff", elsewhere, "accounts create alice --email a@mail.test");
  assert.equal(await command.ended, 0, command.said); // it knows the server by its database, not by its port
  first.signal("SIGKILL");
  await first.ended;

  await using second = start("start", home.settings);
  await second.says("works once");
  const links = [first, second].map(({ said }) => said.match(/http:\S+\/auth\/admin\/\S+/)![0]);
  const answers = await Promise.all(links.map((link) => fetch(link)));
  assert.deepEqual(answers.map(({ status }) => status), [404, 200], "only the newest link works");

  Deno.kill((await home.database())!, "SIGKILL");
  second.signal("SIGKILL");
  await second.ended;
  await using third = start("start", home.settings);
  await third.says("works once");
  assert.equal((await fetch(`${home.url}/@alice`)).status, 200);
  third.signal("SIGTERM");
  assert.equal(await third.ended, 0);
  assert.equal(await home.database(), undefined);
});

Deno.test("of two API processes on one database one ends in good order while the other goes on", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const [first, second] = [settingsOf(world), settingsOf(world)];
  await using leaving = start("main", first);
  await using staying = start("main", second);
  await Promise.all([leaving, staying].map((main) => main.says("riff answers on port")));

  await using open = await openRequest(first.PORT, alice.token, { status: "said while it stopped" });
  leaving.signal("SIGTERM");
  await leaving.says("Stopping");
  const ready = await fetch(`http://127.0.0.1:${first.PORT}/health/ready`);
  assert.deepEqual([ready.status, await ready.json()], [503, { status: "draining" }]);
  assert.match(await open.finish(), /^HTTP\/1\.1 200 OK/);
  assert.equal(await leaving.ended, 0);

  const timeline = await fetch(`http://127.0.0.1:${second.PORT}/api/v1/timelines/home`, {
    headers: { authorization: `Bearer ${alice.token}` },
  });
  assert.match((await timeline.json())[0].content, /said while it stopped/);

  await using _neverFinished = await openRequest(second.PORT, alice.token, {});
  staying.signal("SIGINT");
  staying.signal("SIGINT"); // `deno task` passes on what we heard as well
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  staying.signal("SIGINT");
  assert.equal(await staying.ended, 130, "a second Ctrl-C ends it at once");
});

Deno.test("a worker ends what it has begun; what a killed one had begun, the next one does", async () => {
  await using world = await newWorld();
  const settings = settingsOf(world);
  await using killed = start("worker", settings);
  await killed.says("riff works");
  {
    await using _held = await holdKeys(world);
    await world.person("alice");
    await begun(world);
    killed.signal("SIGKILL");
    await killed.ended;
  }
  await using next = start("worker", settings);
  await until(world, `select count(*) = 0 as yes from ${makingKeys}`);

  {
    await using _held = await holdKeys(world);
    await world.person("bob");
    await begun(world);
    next.signal("SIGTERM");
    await next.says("Stopping");
  }
  assert.equal(await next.ended, 0);
  await until(world, `select count(*) = 0 as yes from ${makingKeys}`);
  await until(world, "select count(*) = 2 as yes from account_keys");
});

Deno.test("a worker sends mails as they are written; what a killed one had begun, another sends", async () => {
  await using mail = await openMailServer();
  await using world = await newWorld({ settings: mail.settings });
  const newcomer = async (name: string) =>
    await signUp(world.ctx, {
      ...{ username: name, email: `${name}@mail.test`, password: "a kettle full of tea" },
      ...{ confirmed: false, approved: true },
    });
  await using worker = start("worker", { ...settingsOf(world), ...mail.settings });
  await worker.says("riff works");
  await newcomer("bob");
  await until(world, "select count(*) = 1 as yes from mails where state = 'sent'");

  mail.mood = { isSilent: true };
  await newcomer("carol");
  await until(world, "select count(*) = 1 as yes from mails where claimed_until is not null");
  worker.signal("SIGKILL");
  await worker.ended;
  mail.mood = undefined;
  await world.settle();
  assert.equal(mail.mails.length, 1, "it may still be on its way");
  world.pass({ minutes: 11 });
  await world.settle();
  assert.deepEqual(mail.mails.map(({ envelopeTo }) => envelopeTo), [["bob@mail.test"], ["carol@mail.test"]]);
});

Deno.test("API processes wait for the schema they need, and go on once it is there", async () => {
  await using world = await newWorld();
  const settings = settingsOf(world);
  await world.pool.query("delete from migrations where number > 1; insert into migrations values (0, 'old')");
  await using main = start("main", settings);
  await main.says("waiting");
  await world.pool.query("insert into migrations values (9999, 'newer than we know')");
  await main.says("riff answers on port");
  main.signal("SIGINT");
  assert.equal(await main.ended, 0);
});

Deno.test("what hinders a start is said in one line that tells how to mend it", async () => {
  const nowhere = "postgres://riff:riff@127.0.0.1:1/riff";
  const cases: [Parameters<typeof start>[0], Record<string, string>, number, RegExp][] = [
    ["main", {}, 2, /DATABASE_URL: say where the database is/],
    ["worker", { DATABASE_URL: nowhere }, 1, /^riff ends: The database does not answer: .*\n$/],
    ["start", { PORT: "many", LOG_LEVEL: "loud" }, 2, /PORT: .*\n.*LOG_LEVEL: /],
  ];
  for (const [file, settings, code, words] of cases) {
    await using riff = start(file, { SECRET_KEY: "a secret key that only tests know", ...settings });
    assert.equal(await riff.ended, code);
    assert.match(riff.said, words);
  }
});

/** A folder for a server of its own, with a free port. */
async function newHome() {
  const dir = await Deno.makeTempDir({ prefix: "riff-starts-" });
  await Deno.chmod(dir, 0o755); // PostgreSQL's user, if we are root, has to reach what is in there
  const port = freePort();
  /** The process of its database, while that runs. */
  const database = async () => {
    const text = await Deno.readTextFile(`${dir}/postgres/data/postmaster.pid`).catch(() => "");
    return parseInt(text) || undefined;
  };
  return {
    dir,
    url: `http://localhost:${port}`,
    settings: { DATA_DIR: dir, PORT: String(port) },
    database,
    async [Symbol.asyncDispose]() {
      const left = await database();
      if (left) Deno.kill(left, "SIGQUIT");
      while (await database()) await new Promise((resolve) => setTimeout(resolve, 50));
      await Deno.remove(dir, { recursive: true });
    },
  };
}

/** How a process of its own finds a world's database. */
function settingsOf({ ctx, pool }: World) {
  return {
    DATABASE_URL: (pool.options as { connectionString: string }).connectionString,
    BASE_URL: ctx.config.baseUrl,
    SECRET_KEY: ctx.config.secretKey!,
    DB_POOL_SIZE: "12",
    PORT: String(freePort()),
  };
}

/** A request whose body is still on its way. */
async function openRequest(port: string, token: string, body: unknown) {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const head = [
    "POST /api/v1/statuses HTTP/1.1",
    "Host: riff.test",
    `Authorization: Bearer ${token}`,
    "Content-Type: application/json",
    `Content-Length: ${bytes.length}`,
    "Connection: close",
  ];
  await connection.write(new TextEncoder().encode(`${head.join("\r\n")}\r\n\r\n`));
  await connection.write(bytes.slice(0, 5));
  return {
    /** Sends the rest and answers the response. */
    async finish(): Promise<string> {
      await connection.write(bytes.slice(5));
      return await new Response(connection.readable).text();
    },
    [Symbol.asyncDispose]() {
      try {
        connection.close();
      } catch {
        // Its end was read.
      }
      return Promise.resolve();
    },
  };
}

/** The jobs that make keys. */
const makingKeys = "graphile_worker.jobs where task_identifier = 'accounts/account.opened'";

/** Nobody can make keys until this is let go: so a job that makes some has begun, and does not end. */
async function holdKeys({ pool }: World): Promise<AsyncDisposable> {
  const client = await pool.connect();
  await client.query("begin; lock table account_keys in exclusive mode");
  return {
    async [Symbol.asyncDispose]() {
      await client.query("rollback");
      client.release();
    },
  };
}

function begun(world: World): Promise<void> {
  return until(world, `select count(*) = 1 as yes from ${makingKeys} and locked_by is not null`);
}

async function until({ pool }: World, question: string): Promise<void> {
  for (let looks = 0; looks < 400; looks++) {
    const { rows: [row] } = await pool.query(question);
    if (row.yes) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`never came true: ${question}`);
}
