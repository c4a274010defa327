import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { openPool } from "../../api/src/base/db.ts";
import { freePort, startChild, untilItAnswers } from "./child.ts";
import type { Measured } from "./load.ts";
import { hostOf, type Neighbour, settle, type Signed, writePosts } from "./neighbours.ts";
import { type Lane, measureLanes, median, type Plan, type Result } from "./rounds.ts";
import type { Goal } from "./rows.ts";
import type { Servers } from "./servers.ts";

/**
 * How fast activities come in and go out: with all signatures made and verified, but without TLS, which Caddy does
 * for what comes in.
 */
export const federationRows = [
  { name: "inbox", title: "inbox, until it is in the timeline", goal: { perSecond: 300 } },
  { name: "delivery", title: "delivery to 1,000 servers", goal: { perSecond: 500 } },
] satisfies { name: string; title: string; goal: Goal }[];

/** Who writes to us; and how many servers hear what one of us writes. */
const writing = { hosts: 10, each: 5 };
const hearing = 1_000;
/** Activities for each second that a run is to take. */
const burst = 400;
/** Posted to our inbox at once. */
const atOnce = 24;
/** Milliseconds after which something has gone wrong. */
const patience = 60_000;

/** What a measurement needs of the world. */
interface Scene {
  servers: Servers;
  pool: pg.Pool;
  neighbours: Neighbour[];
  /** Where the other servers are asked what they have heard. */
  elsewhere: string;
}

/** Measures those of these rows that are named, in rounds with the baseline. */
export async function measureFederation(
  servers: Servers,
  names: readonly string[],
  plan: Plan,
): Promise<Result[]> {
  const rows = federationRows.filter(({ name }) => names.includes(name));
  if (rows.length === 0) return [];
  await using cleanup = new AsyncDisposableStack();
  const pool = openPool({ url: servers.databaseUrl, connections: 1, name: "bench", onError: console.error });
  cleanup.defer(() => pool.end());
  const port = freePort();
  const { homes, neighbours } = await settle({ ...writing, port });
  const script = new URL("fediverse.ts", import.meta.url).pathname;
  const fediverse = cleanup.use(
    startChild([Deno.execPath(), "run", "-A", script, JSON.stringify({ port, homes })]),
  );
  const elsewhere = `http://127.0.0.1:${port}`;
  await untilItAnswers(fediverse, `${elsewhere}/taken`);
  await introduce(pool, neighbours, port);
  const scene = { servers, pool, neighbours, elsewhere };
  const ways: Record<string, Pick<Lane, "pid" | "measure">> = {
    inbox: { pid: servers.api.pid, measure: (seconds) => takeIn(scene, burst * seconds) },
    delivery: { pid: servers.worker.pid, measure: () => sendOut(scene) },
  };
  return await measureLanes(
    servers,
    rows.map((row) => ({ row, ...ways[row.name]!, helper: fediverse.pid })),
    plan,
  );
}

async function introduce(pool: pg.Pool, neighbours: Neighbour[], port: number): Promise<void> {
  const followers = Array.from({ length: hearing }, (_, number) => hostOf(number, port));
  await pool.query(await Deno.readTextFile(new URL("neighbours.sql", import.meta.url)), [
    neighbours.map(({ uri }) => uri),
    followers,
  ]);
  await pool.query("analyze");
}

/** Posts `count` signed activities to the inbox; the clock stops when all have had their effect. */
async function takeIn({ servers, pool, neighbours }: Scene, count: number): Promise<Measured> {
  const inbox = `${servers.publicUrl}/inbox`;
  const posts = await writePosts(neighbours, count, inbox);
  const since = performance.now();
  const answers = await postAll(inbox, posts);
  await until(async () => {
    const { rows: [row] } = await pool.query(
      "select not exists (select 1 from inbox where done_at is null) as done",
    );
    return row.done;
  });
  const perSecond = count * 1000 / (performance.now() - since);
  const seen = await timelineOf(servers, count);
  return {
    perSecond,
    ...latencies(answers.map(({ took }) => took)),
    failures: posts.filter(({ uri }) => !seen.has(uri)).length,
  };
}

/** Sends all of them, some at once. Answers status and milliseconds of each. */
async function postAll(inbox: string, posts: readonly Signed[]): Promise<{ status: number; took: number }[]> {
  const answers: { status: number; took: number }[] = [];
  const waiting = posts.values();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const { headers, body } of waiting) {
      const since = performance.now();
      const answer = await fetch(inbox, { method: "POST", headers, body });
      await answer.body?.cancel();
      answers.push({ status: answer.status, took: performance.now() - since });
    }
  }));
  return answers;
}

/** URIs of the newest posts in the home timeline of the one who follows all these people. */
async function timelineOf({ url, seeded }: Servers, count: number): Promise<Set<string>> {
  const uris = new Set<string>();
  for (let before = ""; uris.size < count;) {
    const page: { id: string; uri: string }[] = await ask(`${url}/api/v1/timelines/home?limit=40${before}`, {
      headers: { authorization: `Bearer ${seeded.listenerToken}` },
    });
    if (page.length === 0) break;
    for (const { uri } of page) uris.add(uri);
    before = `&max_id=${page.at(-1)!.id}`;
  }
  return uris;
}

/** Lets one of us write something; the clock stops when the last server has it. */
async function sendOut({ servers: { url, seeded }, elsewhere }: Scene): Promise<Measured> {
  await (await fetch(`${elsewhere}/forget`)).body?.cancel();
  const since = Date.now();
  await ask(`${url}/api/v1/statuses`, {
    method: "POST",
    headers: { authorization: `Bearer ${seeded.speakerToken}`, "content-type": "application/json" },
    body: JSON.stringify({ status: "Some words to all who listen, wherever they are" }),
  });
  let taken: { arrivals: number[]; refused: number };
  await until(async () => (taken = await ask(`${elsewhere}/taken`)).arrivals.length >= hearing);
  const took = taken!.arrivals.map((at) => at - since);
  return { perSecond: hearing * 1000 / Math.max(...took), ...latencies(took), failures: taken!.refused };
}

async function ask<T>(url: string, init?: RequestInit): Promise<T> {
  const answer = await fetch(url, init);
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${await answer.text()}`);
  return await answer.json();
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const since = performance.now();
  while (!await isSo()) {
    if (performance.now() - since > patience) throw new Error("It takes too long: look at the server's log");
    await delay(20);
  }
}

function latencies(took: number[]): { p50: number; p99: number } {
  const inOrder = took.toSorted((a, b) => a - b);
  return { p50: median(took), p99: inOrder[Math.floor((inOrder.length - 1) * 0.99)]! };
}
