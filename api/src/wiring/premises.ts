import type { Config, Environment } from "../base/config.ts";
import type { Ctx } from "../base/ctx.ts";
import { openPool } from "../base/db.ts";
import { appliedMigration, migrate, newestMigration } from "../base/migrate.ts";
import { insertInstance } from "../instance/store.ts";
import { boot } from "./boot.ts";
import { openDatabase } from "./database.ts";
import { databaseCaOf, processFor, settingsFrom, within } from "./process.ts";

/** The server that a command works on. It is opened when it is needed, so help and misuse cost nothing. */
export interface Premises extends AsyncDisposable {
  /** The server. Throws what to do where its database is older than this version. */
  ctx(): Promise<Ctx>;
  /** Brings its database up to date; answers the migrations that were missing, by name. */
  migrate(): Promise<string[]>;
  /** Its settings alone. */
  config(): Config;
  /** Its settings and the way to its database, which may be empty: what to do there is the caller's business. */
  bare(): Promise<Bare>;
}

/** Premises without a server in them. */
export interface Bare {
  config: Config;
  databaseUrl: string;
  databaseCa?: string;
}

/** Connections of one command: it does one thing after the other, and may look while a transaction runs. */
const connections = 2;

/** The premises that the settings name. Disposing leaves everything as it was found, a stopped database stopped. */
export function openPremises(environment: () => Environment, say: (line: string) => void): Premises {
  const opened = new AsyncDisposableStack();

  async function open() {
    const config = settingsFrom(environment);
    return { config, database: opened.use(await openDatabase(config, say)) };
  }

  async function reach() {
    const { config, database } = await open();
    return { config, isOurs: database.dir !== undefined, process: await processFor(config, database.url) };
  }

  return {
    ctx: async () => {
      const { config, isOurs, process } = await reach();
      const { databaseUrl: url, databaseCa: ca } = process;
      if (isOurs) await migrate(url, { ca, say }); // as `start` does: nobody else would
      const pool = openPool({ url, ca, connections, name: "riff command", onError: process.onPoolError });
      opened.defer(async () => void await within(2_000, pool.end()));
      if (await appliedMigration(pool) < await newestMigration()) {
        throw new Error("The database is older than this version: run `deno task riff migrate` first");
      }
      const ctx = boot(config, { pool, secretKey: process.secretKey });
      opened.defer(() => ctx.http.close());
      // A command may run without the server's own settings, but never in another one's name.
      const { baseUrl, handleDomain } = await insertInstance(ctx.db, config);
      return { ...ctx, config: { ...config, baseUrl, handleDomain } };
    },
    migrate: async () => {
      const { process } = await reach();
      return await migrate(process.databaseUrl, { ca: process.databaseCa, say });
    },
    config: () => settingsFrom(environment),
    bare: async () => {
      const { config, database } = await open();
      return { config, databaseUrl: database.url, databaseCa: await databaseCaOf(config) };
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
