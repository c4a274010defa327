import pg from "pg";
import { exists, findHome, give, type Home, run, writeFor } from "./embedded_home.ts";
import { findServer, launch, type LaunchOptions, type Server } from "./embedded_server.ts";

/** A PostgreSQL that riff brought along. */
export interface EmbeddedDatabase {
  /** How to reach the database `riff`, as its owner, who may also make databases. */
  url: string;
  /** Where it lives: not where it was wanted if PostgreSQL's user could not reach that. */
  dir: string;
  /** Stops it, unless another riff still uses it: the last one out turns off the light. Once only. */
  stop(): Promise<void>;
}

/** What to start, and where. */
export interface EmbeddedOptions extends LaunchOptions {
  dir: string;
}

/**
 * Starts the PostgreSQL of this folder; makes it first if there is none, and adopts it if it runs already.
 * Whatever was killed before, at whatever moment, does not hinder it.
 */
export async function startDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const home = await findHome(options.dir, options.say);
  using _turn = await takeTurn(home);
  if (!await exists(`${home.dir}/data`)) await initialise(home, options);
  const url = await adopt(home, options.say) ?? await makeDatabase(home, await launch(home, options));
  const use = await Deno.open(`${home.dir}/in-use.lock`, { write: true, create: true });
  await use.lock(false);
  return { url, dir: home.dir, stop: () => stop(home, use) };
}

/** The URL of the database whose server runs already, if one does. */
async function adopt(home: Home, say: EmbeddedOptions["say"]): Promise<string | undefined> {
  const server = await findServer(home, say);
  if (!server) return;
  say(`PostgreSQL runs already, as process ${server.pid}: using it`);
  try {
    return await makeDatabase(home, server);
  } catch (error) {
    // It may have been about to die when we found it.
    if (await findServer(home, say)) throw error;
  }
}

/** One start or stop at a time. The lock falls with its process, however that ends. */
async function takeTurn(home: Home): Promise<Disposable> {
  const file = await Deno.open(`${home.dir}/turn.lock`, { write: true, create: true });
  await file.lock(true);
  return file;
}

async function stop(home: Home, use: Deno.FsFile): Promise<void> {
  using _turn = await takeTurn(home);
  using _use = use;
  const alone = await use.tryLock(true);
  if (alone && await findServer(home)) {
    await run(home, "pg_ctl", ["stop", "-D", `${home.dir}/data`, "-m", "fast", "-w", "-t", "600"]);
  }
}

/** Makes the files of a new database: beside their place until they are whole, for this may be killed too. */
async function initialise(home: Home, { say, settings }: EmbeddedOptions): Promise<void> {
  say("Making a new database: a few seconds");
  await removeUnfinished(home);
  const unfinished = await Deno.makeTempDir({ dir: home.dir, prefix: "unfinished-" });
  const data = `${unfinished}/data`;
  await give(home, unfinished);
  await writeFor(home, `${unfinished}/password`, crypto.randomUUID());
  await run(home, "initdb", [
    ...["-D", data, "--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres"],
    ...["--auth=scram-sha-256", `--pwfile=${unfinished}/password`],
    ...(settings?.fsync === "off" ? ["--no-sync"] : []),
  ]);
  await Deno.rename(`${unfinished}/password`, `${data}/riff.password`);
  await Deno.writeTextFile(`${data}/postgresql.conf`, "\ninclude 'riff.conf'\n", { append: true });
  await Deno.rename(data, `${home.dir}/data`);
  await Deno.remove(unfinished, { recursive: true });
}

/** What is left of starts that were killed. Their `initdb` may still write: what resists is taken next time. */
async function removeUnfinished(home: Home): Promise<void> {
  for await (const { name } of Deno.readDir(home.dir)) {
    if (!name.startsWith("unfinished-")) continue;
    await Deno.remove(`${home.dir}/${name}`, { recursive: true }).catch(() => {});
  }
}

/**
 * Makes the role and the database `riff` where they are missing, and answers the database's URL. The role is an
 * ordinary owner: what works here then works on a managed database too, where riff is no superuser either.
 */
async function makeDatabase(home: Home, { port }: Server): Promise<string> {
  const password = await Deno.readTextFile(`${home.dir}/data/riff.password`);
  const urlOf = (role: string, database: string) =>
    `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
  const client = new pg.Client(urlOf("postgres", "postgres"));
  client.on("error", () => {}); // the query that was running rejects with the same
  await client.connect();
  try {
    const { rows } = await client.query(
      `select exists (select from pg_roles where rolname = 'riff') as role,
              exists (select from pg_database where datname = 'riff') as database`,
    );
    if (!rows[0].role) {
      await client.query(`create role riff login createdb password ${client.escapeLiteral(password)}`);
    }
    if (!rows[0].database) await client.query("create database riff owner riff");
  } finally {
    await client.end();
  }
  return urlOf("riff", "riff");
}
