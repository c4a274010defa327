import type { Config } from "../base/config.ts";
import { startDatabase } from "../base/embedded.ts";

/** The database that the settings name, or else the one that riff brings along. */
export interface Database extends AsyncDisposable {
  url: string;
  /** Where its files lie; undefined where that is none of our business. */
  dir?: string;
}

/** Finds the database; where it is ours, starts it unless it runs. Disposing stops ours, if nobody else uses it. */
export async function openDatabase(config: Config, say: (line: string) => void): Promise<Database> {
  if (config.databaseUrl) return { url: config.databaseUrl, [Symbol.asyncDispose]: () => Promise.resolve() };
  const { url, dir, stop } = await startDatabase({ dir: `${config.dataDir}/postgres`, say });
  return { url, dir, [Symbol.asyncDispose]: stop };
}
