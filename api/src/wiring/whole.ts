import type { Config } from "../base/config.ts";
import { migrate } from "../base/migrate.ts";
import { type Database, openDatabase } from "./database.ts";
import { processFor, say } from "./process.ts";
import { type Serving, startServing } from "./serving.ts";
import { startWorking } from "./working.ts";

/** A whole server: API and worker in this process, with a database of its own unless the settings name one. */
export interface Whole extends AsyncDisposable {
  serving: Serving;
  database: Database;
}

/** Starts one. Disposing stops it: first nobody is let in, at last the database. `hostname` as in `listen`. */
export async function startWhole(config: Config, hostname?: string): Promise<Whole> {
  await using started = new AsyncDisposableStack();
  const database = started.use(await openDatabase(config, say));
  const process = await processFor(config, database.url);
  await migrate(process.databaseUrl, { ca: process.databaseCa, say });
  const working = await startWorking(config, process);
  started.defer(() => working.stop());
  const serving = await startServing(config, process, hostname);
  started.defer(() => serving.stop());
  const running = started.move();
  return { serving, database, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
