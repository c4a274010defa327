import assert from "node:assert/strict";
import process from "node:process";
import pg from "pg";
import { type EmbeddedDatabase, startDatabase } from "./embedded.ts";

const hasty = { fsync: "off", max_connections: "10", shared_buffers: "8MB" };

Deno.test("an embedded database that was killed has everything on the next start", async () => {
  await using folder = await temporaryFolder();
  const killed = await start(folder);
  await query(killed.url, "create table notes as select 'tea' as text");
  Deno.kill(await serverOf(killed), "SIGKILL");

  const database = await start(folder);
  assert.deepEqual(await query(database.url, "select text from notes"), [{ text: "tea" }]);
  await killed.stop();
  await database.stop();
});

Deno.test("a pid file left behind does not hinder a start, even if the number is somebody else's now", async () => {
  await using folder = await temporaryFolder();
  const first = await start(folder);
  const pidFile = `${first.dir}/data/postmaster.pid`;
  const lines = (await Deno.readTextFile(pidFile)).split("\n");
  await first.stop();
  for (const text of [[Deno.pid, ...lines.slice(1)].join("\n"), ""]) {
    await Deno.writeTextFile(pidFile, text);
    const database = await start(folder);
    assert.deepEqual(await query(database.url, "select 1 as one"), [{ one: 1 }]);
    await database.stop();
  }
});

Deno.test("starts of one folder share one server, and the last to stop stops it", async () => {
  await using folder = await temporaryFolder();
  const [first, second] = await Promise.all([start(folder), start(folder)]);
  assert.equal(first.url, second.url);
  await first.stop();
  assert.deepEqual(await query(second.url, "select 1 as one"), [{ one: 1 }]);
  await second.stop();
  await assert.rejects(query(second.url, "select 1"), { code: "ECONNREFUSED" });
});

Deno.test("a start that was killed halfway does not hinder the next", async () => {
  await using folder = await temporaryFolder();
  for (const said of ["Making a new database", "Starting PostgreSQL"]) {
    const riff = startElsewhere(folder);
    await riff.says(said);
    await riff.kill("SIGKILL");
  }
  const database = await start(folder);
  assert.deepEqual(await query(database.url, "select 1 as one"), [{ one: 1 }]);
  await database.stop();
});

Deno.test("an embedded database speaks UTF-8 whatever the locale, and outlives Ctrl-C", async () => {
  await using folder = await temporaryFolder();
  const riff = startElsewhere(folder, { LANG: "C", LC_ALL: "C" });
  await riff.says("Ready");
  await riff.kill("SIGINT");

  const database = await start(folder);
  assert.ok(folder.said.some((line) => line.startsWith("PostgreSQL runs already")), folder.said.join("\n"));
  assert.deepEqual(
    await query(
      database.url,
      "select getdatabaseencoding() as encoding, upper('ā') as upper, length('茶') as length",
    ),
    [{ encoding: "UTF8", upper: "Ā", length: 1 }],
  );
  await database.stop();
});

Deno.test("riff owns its database, and is no superuser there", async () => {
  await using folder = await temporaryFolder();
  const database = await start(folder);
  await query(database.url, "create extension pg_trgm");
  assert.deepEqual(await query(database.url, "select current_database() as name, current_user as role"), [
    { name: "riff", role: "riff" },
  ]);
  await assert.rejects(query(database.url, "copy (select 1) to program 'true'"), { code: "42501" });
  await assert.rejects(query(database.url.replace(/:[^:@]+@/, ":guessed@"), "select 1"), { code: "28P01" });
  await database.stop();
});

Deno.test({
  name: "below a home that only root can enter, root's database lives in /var/lib/riff",
  ignore: Deno.uid() !== 0,
  async fn() {
    await using folder = await temporaryFolder();
    await Deno.chmod(folder.dir, 0o700);
    const first = await start(folder);
    assert.match(first.dir, /^\/var\/lib\/riff\//);
    assert.ok(folder.said.some((line) => line.includes(first.dir)), folder.said.join("\n"));
    await query(first.url, "create table notes ()");
    await first.stop();

    await Deno.chmod(folder.dir, 0o755); // what began elsewhere stays there
    const second = await start(folder);
    assert.deepEqual(await query(second.url, "select * from notes"), []);
    await second.stop();
    await Deno.remove(first.dir, { recursive: true });
  },
});

/** A folder in which a database may be wanted, with a name so long that no socket's path would fit, and what was said there. */
async function temporaryFolder() {
  const root = await Deno.makeTempDir({ prefix: "riff-embedded-" });
  const dir = `${root}/${"long name ".repeat(12)}`;
  await Deno.mkdir(dir);
  // Everybody may enter, whatever our umask: what is told here is not about that.
  for (const path of [root, dir]) await Deno.chmod(path, 0o755);
  return { dir, said: [] as string[], [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }) };
}

type Folder = Awaited<ReturnType<typeof temporaryFolder>>;

function start(folder: Folder): Promise<EmbeddedDatabase> {
  return startDatabase({
    dir: `${folder.dir}/postgres`,
    say: (line) => folder.said.push(line),
    settings: hasty,
  });
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on("error", () => {}); // a killed server: the query rejects with the same
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** The process of the database's server. */
async function serverOf({ dir }: EmbeddedDatabase): Promise<number> {
  return parseInt(await Deno.readTextFile(`${dir}/data/postmaster.pid`));
}

/** A start in a process group of its own, like one in a terminal, which says what it does. */
function startElsewhere(folder: Folder, env: Record<string, string> = {}) {
  const program = `
    import { startDatabase } from ${JSON.stringify(new URL("embedded.ts", import.meta.url))};
    const say = (line) => console.log(line);
    await startDatabase({ dir: Deno.args[0], say, settings: ${JSON.stringify(hasty)} });
    say("Ready");
    setInterval(() => {}, 1000);`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", program, `${folder.dir}/postgres`],
    cwd: new URL("../../..", import.meta.url),
    env,
    stdout: "piped",
    detached: true,
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream());
  return {
    async says(words: string): Promise<void> {
      for await (const text of lines.values({ preventCancel: true })) if (text.includes(words)) return;
      assert.fail(`it never said: ${words}`);
    },
    /** Like Ctrl-C: to the whole group. */
    async kill(signal: "SIGINT" | "SIGKILL"): Promise<void> {
      process.kill(-child.pid, signal);
      await child.status;
      await lines.cancel();
    },
  };
}
