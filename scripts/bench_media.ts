import { parseArgs } from "node:util";
import { splitCores } from "./bench/cores.ts";
import { generator, measure } from "./bench/load.ts";
import {
  bytesIn,
  type Cost,
  costOf,
  p99,
  photograph,
  type Remote,
  startRemote,
  upload,
  whileIn,
} from "./bench/media.ts";
import { type Figure, figure, table } from "./bench/report.ts";
import { type Lane, measureLanes, median, type Result } from "./bench/rounds.ts";
import { type Servers, startServers } from "./bench/servers.ts";

/**
 * `deno task bench:media [--flow 2000] [--json FILE]`: what pictures cost. A photograph of 12 megapixels, ten at once
 * beside people who read, small pictures of other servers from the cache, and `--flow` MB of large ones through a cache
 * of 100 MB.
 */
const { values: options } = parseArgs({
  options: { flow: { type: "string", default: "2000" }, json: { type: "string" } },
});
const flow = Number(options.flow);
if (!(flow >= 0)) {
  console.error("Say: deno task bench:media [--flow 2000] [--json FILE]");
  Deno.exit(2);
}
const cacheBytes = 100_000_000;

const cleanup = new AsyncDisposableStack();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, () => cleanup.disposeAsync().finally(() => Deno.exit(130)));
}
try {
  await bench();
} finally {
  await cleanup.disposeAsync();
}

async function bench(): Promise<void> {
  const cores = await splitCores();
  const folder = await Deno.makeTempDir({ prefix: "riff-bench-" });
  cleanup.defer(() => Deno.remove(folder, { recursive: true }));
  await Deno.chmod(folder, 0o711); // PostgreSQL's user, if we are root, has to reach what is in there
  const servers = await startServers(folder, cores, cleanup, { MEDIA_CACHE_BYTES: String(cacheBytes) });
  const remote = cleanup.use(await startRemote(servers, folder, flow));
  const figures = await uploads(servers, folder);
  const results = await small(servers, remote);
  if (flow > 0) figures.push(...await large(servers, remote, `${folder}/media/cache`));
  const report = { at: new Date().toISOString(), cores: cores.note, generator, results, figures };
  console.log(`\n${table(report)}`);
  if (options.json) await Deno.writeTextFile(options.json, JSON.stringify(report, null, 2));
}

/** One photograph after the other, then ten at once. */
async function uploads(servers: Servers, folder: string): Promise<Figure[]> {
  const bytes = await photograph();
  console.error(`A photograph of 12 megapixels and ${(bytes.length / 1e6).toFixed(1)} MB`);
  const [small, large] = [`${folder}/a.jpg`, `${folder}/b.jpg`];
  await Deno.writeFile(small, await photograph(400, 300));
  await Deno.writeFile(large, bytes);
  const { pid } = servers.api;
  const uploaded = async (path: string, times = 1) => await (await upload(servers, path, times)).done;
  await whileIn(servers, uploaded(small)); // the library is loaded, the queries are prepared
  const alone: Cost[] = [];
  for (let n = 0; n < 5; n++) alone.push(await costOf(pid, () => uploaded(large)));
  let waits: number[] = [];
  const ten = await costOf(pid, async () => {
    waits = await whileIn(servers, (await upload(servers, large, 10)).done);
  });
  const usual = (pick: (cost: Cost) => number | undefined) => {
    const known = alone.map(pick).filter((value) => value !== undefined);
    return known.length > 0 ? median(known) : undefined;
  };
  const most = (costs: Cost[]) =>
    costs.some(({ extra }) => extra === undefined)
      ? undefined
      : Math.max(...costs.map(({ extra }) => extra!)) / 1e6;
  return [
    figure("12 megapixels: CPU of the API", usual(({ cpu }) => cpu), "ms", 1500),
    figure("12 megapixels: extra memory", most(alone), "MB", 150),
    figure("ten at once: extra memory", most([ten]), "MB", 150),
    figure(`ten at once: p99 of ${waits.length} home pages`, p99(waits), "ms", 200),
  ];
}

/** A small picture of another server, from the cache. */
async function small(servers: Servers, { small }: Remote): Promise<Result[]> {
  const first = await fetch(small);
  await first.bytes();
  if (first.status !== 200) throw new Error(`The small picture was answered ${first.status}`);
  const lane: Lane = {
    row: { name: "cached", title: "small cached media, by the proxy", goal: { perSecond: 1000 } },
    pid: servers.api.pid,
    measure: (seconds) => measure({ url: small, asks: [{}] }, { connections: 8, seconds }),
  };
  return await measureLanes(servers, [lane], { runs: 3, seconds: 3 });
}

/** All the large ones, eight at once; every so often it is seen what the cache holds. */
async function large(servers: Servers, { large }: Remote, cache: string): Promise<Figure[]> {
  console.error(`${large.length} MB of other servers' pictures through a cache of ${cacheBytes / 1e6} MB`);
  const waiting = [...large];
  let [told, there] = [0, 0];
  const look = async () => {
    const { cached_bytes } = await usage(servers, ["--json"]).then((text) => JSON.parse(text));
    [told, there] = [Math.max(told, cached_bytes), Math.max(there, await bytesIn(cache))];
  };
  const reader = async () => {
    for (let address = waiting.pop(); address; address = waiting.pop()) {
      const answer = await fetch(address);
      const { length } = await answer.bytes();
      if (answer.status !== 200 || length < 1_000_000) throw new Error(`${answer.status}, ${length} bytes`);
    }
  };
  const { seconds, extra } = await costOf(servers.api.pid, async () => {
    const reading = Promise.all(Array.from({ length: 8 }, reader));
    let isDone = false;
    reading.finally(() => isDone = true).catch(() => {});
    while (!isDone) await look();
    await reading;
    await look();
  });
  console.error(`It took ${seconds.toFixed(0)} s. \`riff media usage\` says:\n${await usage(servers)}`);
  return [
    figure("in the cache at the most, by riff media usage", told / 1e6, "MB", cacheBytes / 1e6),
    figure("the same, as it lies on the disk", there / 1e6, "MB", cacheBytes / 1e6 + 8),
    figure("extra memory meanwhile", extra && extra / 1e6, "MB", 150),
  ];
}

async function usage({ env }: Servers, more: string[] = []): Promise<string> {
  const args = ["run", "-A", "api/src/riff.ts", "media", "usage", ...more];
  const root = new URL("..", import.meta.url).pathname;
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, env, cwd: root })
    .output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`riff media usage failed: ${decoder.decode(stderr)}`);
  return decoder.decode(stdout).trim();
}
