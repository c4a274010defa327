import { parseArgs } from "node:util";
import { type Cores, splitCores } from "./bench/cores.ts";
import { federationRows, measureFederation } from "./bench/federation.ts";
import { generator } from "./bench/load.ts";
import { memoryOf } from "./bench/proc.ts";
import { type Figure, figure, type Report, table } from "./bench/report.ts";
import { measureRows, median } from "./bench/rounds.ts";
import { rows } from "./bench/rows.ts";
import { startServers } from "./bench/servers.ts";
import { measureStartUp } from "./bench/start_up.ts";

/**
 * `deno task bench [--only home,post] [--seconds 3] [--runs 3] [--json FILE]`: how fast riff is, on a
 * PostgreSQL of its own with durable settings and 10,000 posts. `--only` takes the names in bench/rows.ts and
 * bench/federation.ts, and `start` for the time it takes to start.
 */
const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    seconds: { type: "string", default: "3" },
    runs: { type: "string", default: "3" },
    json: { type: "string" },
  },
});
const plan = { runs: Number(options.runs), seconds: Number(options.seconds) };
const names = [...[...rows, ...federationRows].map((row) => row.name), "start"];
const wanted = options.only?.split(",") ?? names;
if (wanted.some((name) => !names.includes(name)) || !(plan.runs > 0) || !(plan.seconds > 0)) {
  console.error(`Say: deno task bench [--only ${names.join(",")}] [--seconds 3] [--runs 3] [--json FILE]`);
  Deno.exit(2);
}

/** What is to be stopped and removed in the end, however that comes. */
const cleanup = new AsyncDisposableStack();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, () => cleanup.disposeAsync().finally(() => Deno.exit(130)));
}
try {
  const report = await bench();
  console.log(`\n${table(report)}`);
  if (options.json) await Deno.writeTextFile(options.json, JSON.stringify(report, null, 2));
} finally {
  await cleanup.disposeAsync();
}

async function bench(): Promise<Report> {
  const cores = await splitCores();
  const report: Report = {
    at: new Date().toISOString(),
    cores: cores.note,
    generator,
    results: [],
    figures: [],
  };
  const folder = await Deno.makeTempDir({ prefix: "riff-bench-" });
  cleanup.defer(() => Deno.remove(folder, { recursive: true }));
  await Deno.chmod(folder, 0o711); // PostgreSQL's user, if we are root, has to reach what is in there
  if (wanted.includes("start")) report.figures.push(...await startUp(folder, cores));
  if (wanted.some((name) => name !== "start")) {
    const servers = await startServers(folder, cores, cleanup);
    report.results = [
      ...await measureRows(servers, rows.filter((row) => wanted.includes(row.name)), plan),
      ...await measureFederation(servers, wanted, plan),
    ];
    report.figures.push(memory("API", servers.api.pid, 280), memory("worker", servers.worker.pid, 220));
  }
  return report;
}

function memory(who: string, pid: number, goal: number): Figure {
  const bytes = memoryOf(pid);
  return figure(`memory of the ${who} afterwards`, bytes && bytes / 1e6, "MB", goal);
}

async function startUp(folder: string, cores: Cores): Promise<Figure[]> {
  const { direct, throughNpx } = await measureStartUp(folder, cores, plan.runs);
  const usual = (times: number[]) => times.length ? median(times) : undefined;
  return [
    figure("start.ts, until it answers", usual(direct), "ms", 1500),
    figure("the same through npx", usual(throughNpx), "ms", 3000),
  ];
}
