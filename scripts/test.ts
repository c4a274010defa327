import pg from "pg";
import { type EmbeddedDatabase, startDatabase } from "../api/src/base/embedded.ts";
import { migrate } from "../api/src/base/migrate.ts";
import { newRsaPair } from "../api/src/base/rsa.ts";
import { findChromium } from "./chromium.ts";
import { readSummary, showSummary, type Summary } from "./summary.ts";

/**
 * `deno task test [WHAT] [OPTIONS OF deno test]`: all tests, or those in WHAT, on a PostgreSQL of their own.
 * Tests find in their environment:
 *   TEST_DATABASE_URL  a database on that server, as a role that may make more
 *   TEST_TEMPLATE      the name of a migrated, empty database to clone
 *   TEST_RSA_PAIRS     a file of keys for the people in them
 *   CHROMIUM_PATH      a browser; unset where there is none: tests that need it are then skipped
 */

const template = "riff_template";
/** More than anybody meets in one test. */
const mostPeople = 32;
const say = (line: string) => console.error(line);

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  Deno.addSignalListener(signal, () => interrupted.abort());
}

const folder = await Deno.makeTempDir({ prefix: "riff-tests-" });
let database: EmbeddedDatabase | undefined;
let outcome: Outcome = { ...readSummary(""), code: 1 };
try {
  // PostgreSQL's user, if we are root, has to reach what is in there.
  await Deno.chmod(folder, 0o711);
  const chromium = await findChromium(say);
  if (!chromium) say("No Chromium here: tests in a browser are skipped. Install it, or set CHROMIUM_PATH");
  database = await startDatabase({ dir: `${folder}/database`, say, settings: fastAndForgetful() });
  await makeTemplate(database.url);
  const pairs = `${folder}/rsa_pairs.json`;
  await Deno.writeTextFile(pairs, JSON.stringify(await makePairs()));
  const env = {
    TEST_DATABASE_URL: database.url,
    TEST_TEMPLATE: template,
    TEST_RSA_PAIRS: pairs,
    DENO_JOBS: Deno.env.get("DENO_JOBS") ?? "2",
    ...(chromium ? { CHROMIUM_PATH: chromium } : {}),
  };
  if (!interrupted.signal.aborted) outcome = await runTests(Deno.args, env);
} catch (error) {
  console.error(error);
} finally {
  await database?.stop();
  for (const gone of [database?.dir, folder]) {
    if (gone) await Deno.remove(gone, { recursive: true }).catch(() => {});
  }
}
console.log(showSummary(outcome));
Deno.exit(interrupted.signal.aborted ? 130 : outcome.code);

interface Outcome extends Summary {
  /** What `deno test` exited with. */
  code: number;
}

/** This database lives for minutes, and nothing in it is worth a wait for the disk. */
function fastAndForgetful(): Record<string, string> {
  return {
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    autovacuum: "off",
    max_connections: "300",
  };
}

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`create database ${template}`);
  await client.end();
  const target = new URL(url);
  target.pathname = `/${template}`;
  await migrate(target.href);
}

/** Made once: every test needs some, and each takes a tenth of a second. */
function makePairs(): Promise<{ publicPem: string; privateKey: string }[]> {
  return Promise.all(Array.from({ length: mostPeople }, async () => {
    const { publicPem, privateKey } = await newRsaPair();
    return { publicPem, privateKey: privateKey.toBase64() };
  }));
}

/** Runs `deno test`, shows what it says, and answers what it counted. */
async function runTests(args: string[], env: Record<string, string>): Promise<Outcome> {
  const child = new Deno.Command(Deno.execPath(), {
    // Types are checked by `deno task check`, for all files at once.
    args: ["test", "--allow-all", "--parallel", "--no-check", ...args],
    env: Deno.stdout.isTerminal() ? { ...env, FORCE_COLOR: "1" } : env,
    stdin: "null",
    stdout: "piped",
  }).spawn();
  interrupted.signal.addEventListener("abort", () => endSoon(child));
  let end = "";
  const decoder = new TextDecoder();
  const writer = Deno.stdout.writable.getWriter();
  for await (const chunk of child.stdout) {
    await writer.write(chunk);
    end = (end + decoder.decode(chunk, { stream: true })).slice(-2000);
  }
  writer.releaseLock();
  const { code } = await child.status;
  return { ...readSummary(end), code };
}

/** Asks the tests to end, and soon stops asking: one of them may have taken SIGTERM for itself. */
function endSoon(child: Deno.ChildProcess): void {
  const kill = (signal: Deno.Signal) => {
    try {
      child.kill(signal);
    } catch {
      // It has ended already: Ctrl-C in a terminal reaches it too.
    }
  };
  kill("SIGTERM");
  const timer = setTimeout(() => kill("SIGKILL"), 3000);
  child.status.finally(() => clearTimeout(timer));
}
