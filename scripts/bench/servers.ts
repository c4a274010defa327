import { startDatabase } from "../../api/src/base/embedded.ts";
import { type Child, freePort, startChild, untilItAnswers } from "./child.ts";
import type { Cores } from "./cores.ts";
import { allowed } from "./neighbours.ts";
import settings from "../../deno.json" with { type: "json" };
import { seed, type Seeded } from "./seed.ts";

/** Everything that runs while rows are measured. */
export interface Servers {
  api: Child;
  worker: Child;
  baseline: Child;
  /** Where the API and the baseline answer. */
  url: string;
  baselineUrl: string;
  /** How other servers name us. */
  publicUrl: string;
  databaseUrl: string;
  /** The settings that all of ours have. */
  env: Record<string, string>;
  /** PostgreSQL's first process, parent of all others. */
  databasePid: number;
  seeded: Seeded;
}

const root = new URL("../..", import.meta.url).pathname;

export const secretKey = "only the benchmark knows this, and it is long enough";

/** The flags of V8 that this task of deno.json gives. */
function flagsOf(task: "api" | "worker"): string[] {
  return settings.tasks[task].command.match(/--v8-flags=\S+/g) ?? [];
}

/** Starts a filled database and the servers on it; `cleanup` hears what is to be undone. `more` are further settings. */
export async function startServers(
  folder: string,
  cores: Cores,
  cleanup: AsyncDisposableStack,
  more: Record<string, string> = {},
): Promise<Servers> {
  const database = await startDatabase({ dir: `${folder}/database`, say: (line) => console.error(line) });
  // Where PostgreSQL's user can't reach our folder, it lies elsewhere.
  cleanup.defer(() => Deno.remove(database.dir, { recursive: true }));
  cleanup.defer(() => database.stop());
  const port = String(freePort());
  const publicUrl = `http://localhost:${port}`;
  const env = {
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    SECRET_KEY: secretKey,
    RATE_LIMITS: "off",
    LOG_LEVEL: "warning",
    PORT: port,
    BASE_URL: publicUrl,
    ALLOW_LOOPBACK: allowed,
    ...more,
  };
  console.error("Filling the database");
  const seeded = await seed(database.url, env);
  const start = (flags: string[], ...args: string[]) =>
    cleanup.use(
      startChild(cores.alone([Deno.execPath(), "run", "-A", ...flags, ...args]), { cwd: root, env }),
    );
  const baselinePort = String(freePort());
  const api = start(flagsOf("api"), "api/src/main.ts");
  const worker = start(flagsOf("worker"), "api/src/worker.ts");
  const baseline = start([], "scripts/bench/baseline.ts", database.url, baselinePort);
  const [url, baselineUrl] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${baselinePort}`];
  await untilItAnswers(api, `${url}/health/ready`);
  await untilItAnswers(baseline, baselineUrl);
  const pidFile = await Deno.readTextFile(`${database.dir}/data/postmaster.pid`);
  const addresses = { url, baselineUrl, publicUrl, databaseUrl: database.url, env };
  return { api, worker, baseline, ...addresses, databasePid: parseInt(pidFile), seeded };
}
