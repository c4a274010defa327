import { headersOf, measure, type Measured, methodOf, type Target } from "./load.ts";
import { cpuOf, cpuOfFamily } from "./proc.ts";
import type { Goal, Row } from "./rows.ts";
import type { Servers } from "./servers.ts";

/** How long and how often. */
export interface Plan {
  runs: number;
  /** Of each run. */
  seconds: number;
}

/** One row after all its runs: medians. */
export interface Result extends Measured {
  name: string;
  title: string;
  goal?: Goal;
  isMet?: boolean;
  /** Part of what the baseline reached in the same round. */
  ratio: number;
  cpu: Cpu;
}

/**
 * What part of a core each took; undefined where it is not Linux that tells. By the request it hardly changes
 * with what else the machine does: compare by that where it is busy.
 */
export interface Cpu {
  server?: number;
  database?: number;
  load?: number;
}

/** A row that is ready to be measured. */
export interface Lane {
  row: Pick<Row, "name" | "title" | "goal">;
  /** The process that does the work. */
  pid: number;
  /** One that is part of the load, and goes on. */
  helper?: number;
  measure(seconds: number): Promise<Measured>;
}

type Run = Measured & { cpu: Cpu };

const connections = 8;
const warmUpSeconds = 2;

/**
 * Measures rows in rounds, each with a run of the baseline, so that whatever else the machine does falls on all
 * alike. Rows that write come after those that read.
 */
export async function measureRows(servers: Servers, rows: readonly Row[], plan: Plan): Promise<Result[]> {
  const groups = [rows.filter((row) => !row.writes), rows.filter((row) => row.writes)];
  const results: Result[] = [];
  for (const group of groups.filter((group) => group.length > 0)) {
    results.push(...await measureGroup(servers, group, plan));
  }
  return results;
}

async function measureGroup(servers: Servers, rows: readonly Row[], plan: Plan): Promise<Result[]> {
  const lanes: Lane[] = [];
  for (const row of rows) {
    const target = row.target(servers.url, servers.seeded);
    await check(row, target);
    lanes.push({
      row,
      pid: servers.api.pid,
      measure: (seconds) => measure(target, { connections, seconds }),
    });
  }
  return await measureLanes(servers, lanes, plan);
}

/** The same for whatever can be measured. */
export async function measureLanes(servers: Servers, chosen: readonly Lane[], plan: Plan): Promise<Result[]> {
  const baseline: Lane = {
    row: { name: "baseline", title: "baseline: Hono and `select 1`" },
    pid: servers.baseline.pid,
    measure: (seconds) => measure({ url: servers.baselineUrl, asks: [{}] }, { connections, seconds }),
  };
  const lanes = [baseline, ...chosen];
  for (const lane of lanes) await lane.measure(warmUpSeconds);
  const rounds: Run[][] = [];
  for (let round = 1; round <= plan.runs; round++) {
    console.error(`Round ${round} of ${plan.runs}: ${lanes.map(({ row }) => row.name).join(", ")}`);
    const runs: Run[] = [];
    for (const lane of lanes) runs.push(await run(servers, lane, plan.seconds));
    rounds.push(runs);
  }
  return lanes.map((lane, at) => summary(lane, rounds.map((runs) => [runs[at]!, runs[0]!])));
}

/** Asks once, so that what is measured is what the title says. */
async function check(row: Row, { url, asks: [ask = {}] }: Target): Promise<void> {
  const answer = await fetch(url, { method: methodOf(ask), headers: headersOf(ask), body: ask.body });
  const json = await answer.json();
  if (answer.ok && row.promises(json)) return;
  throw new Error(`${row.title}: ${answer.status} ${JSON.stringify(json).slice(0, 500)}`);
}

async function run(servers: Servers, lane: Lane, seconds: number): Promise<Run> {
  // The load's processes have ended by then, so their time counts as ours.
  const load = () => sum(cpuOf(Deno.pid), lane.helper === undefined ? 0 : cpuOf(lane.helper));
  const used = () => [cpuOf(lane.pid), cpuOfFamily(servers.databasePid), load()];
  const before = used();
  const since = performance.now();
  const measured = await lane.measure(seconds);
  const elapsed = performance.now() - since;
  const [server, database, others] = used().map((now, at) =>
    now === undefined || before[at] === undefined ? undefined : (now - before[at]) / elapsed
  );
  return { ...measured, cpu: { server, database, load: others } };
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}

function summary({ row: { name, title, goal } }: Lane, pairs: [run: Run, base: Run][]): Result {
  const middle = (pick: (run: Run, base: Run) => number) =>
    median(pairs.map(([run, base]) => pick(run, base)));
  const share = (who: keyof Cpu) =>
    pairs[0]![0].cpu[who] === undefined ? undefined : middle(({ cpu }) => cpu[who]!);
  const [perSecond, p50, p99] = [
    middle((run) => run.perSecond),
    middle((run) => run.p50),
    middle((run) => run.p99),
  ];
  return {
    ...{ name, title, goal, perSecond, p50, p99 },
    isMet: goal && perSecond >= goal.perSecond && (goal.p99 === undefined || p99 < goal.p99),
    failures: pairs.reduce((sum, [run]) => sum + run.failures, 0),
    ratio: middle((run, base) => run.perSecond / base.perSecond),
    cpu: { server: share("server"), database: share("database"), load: share("load") },
  };
}

/** The one in the middle; of an even number, the lower of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
}
