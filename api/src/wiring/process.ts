import { getLogger } from "@logtape/logtape";
import nodeProcess from "node:process";
import type { Pool } from "pg";
import { BadSettings, type Config, type Environment, readConfig } from "../base/config.ts";
import { openLog } from "../base/log.ts";
import { appliedMigration, newestMigration } from "../base/migrate.ts";
import { loadSecretKey } from "../base/secret_key.ts";
import { explain } from "./explain.ts";

/** What each of the starts finds out for its processes: how to reach the database, and whom to tell. */
export interface Process {
  databaseUrl: string;
  /** PEM of the CA that signed the database's certificate. */
  databaseCa?: string;
  secretKey: string;
  say: (line: string) => void;
  onPoolError: (error: Error) => void;
}

/** What to say to whoever watches: on stderr, so that stdout stays for what was asked for. */
export const say = (line: string) => console.error(line);

/**
 * The settings: a file `.env` in the working directory, under what the environment says itself. Opens the log.
 * Throws `BadSettings` with all complaints together where they make no sense.
 */
export function settingsFrom(environment: () => Environment): Config {
  try {
    nodeProcess.loadEnvFile(".env");
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOENT") throw error;
  }
  const config = readConfig(environment());
  openLog(config.logLevel);
  return config;
}

/** All that a process of this database needs. */
export async function processFor(config: Config, databaseUrl: string): Promise<Process> {
  return {
    databaseUrl,
    databaseCa: await databaseCaOf(config),
    secretKey: await loadSecretKey(config),
    say,
    onPoolError: (error) => getLogger("riff").warning("A database connection broke", { error }),
  };
}

/** PEM of the CA that signed the database's certificate, where the settings name its file. */
export async function databaseCaOf({ databaseCaFile }: Config): Promise<string | undefined> {
  return databaseCaFile ? await Deno.readTextFile(databaseCaFile) : undefined;
}

/** For processes that bring no database along: says what to do where none is named. */
export function databaseOf(config: Config): string {
  if (config.databaseUrl) return config.databaseUrl;
  throw new BadSettings([
    "DATABASE_URL: say where the database is, postgres://USER:PASSWORD@HOST/DATABASE " +
    "(`deno task start` runs everything in one process and brings a database along)",
  ]);
}

/**
 * A server process from its first line to its last: reads the settings, lets `begin` start it, and at Ctrl-C or
 * SIGTERM stops it in good order by what `begin` answered. A second signal ends it at once. Exit 0 when it stopped,
 * 1 when it could not start or stop, 2 when the settings make no sense.
 */
export async function runProcess(
  environment: () => Environment,
  begin: (config: Config) => Promise<() => Promise<void>>,
): Promise<never> {
  const stopAsked = stopSignal();
  try {
    const stop = await begin(settingsFrom(environment));
    await stopAsked;
    await stop();
    say("Stopped");
  } catch (error) {
    say(error instanceof BadSettings ? error.message : `riff ends: ${explain(error)}`);
    getLogger("riff").debug("This is where", { error });
    Deno.exit(error instanceof BadSettings ? 2 : 1);
  }
  Deno.exit(0);
}

/** Milliseconds in which a second signal is the first one's echo: `deno task` and npx pass on what we heard too. */
const echo = 1_000;

/** Resolves at the first Ctrl-C or SIGTERM. */
function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let first: number | undefined;
  const onSignal = () => {
    if (first === undefined) {
      first = performance.now();
      say("Stopping: open requests and running jobs end first (again to stop at once)");
      resolve();
    } else if (performance.now() - first > echo) {
      Deno.exit(130);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, onSignal);
  return promise;
}

/** Waits for `work`, at most so many milliseconds; false where it had not ended by then. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), milliseconds);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Seconds that a process waits for somebody to migrate, before it says what to do. */
const patience = 60;

/** Returns as soon as the database has at least the schema that this code knows; a newer one is fine. */
export async function awaitSchema(pool: Pool, say: (line: string) => void): Promise<void> {
  const needed = await newestMigration();
  for (let waited = 0; waited < patience; waited++) {
    const applied = await appliedMigration(pool);
    if (applied >= needed) return;
    if (waited === 0) say(`The database is at migration ${applied}, this version needs ${needed}: waiting`);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error(
    `The database is older than this version. Run \`deno task riff migrate\`, then start again`,
  );
}
