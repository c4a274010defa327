import assert from "node:assert/strict";

/** Requests that keep coming, whatever happens. */
export interface Load {
  /** Ends it; answers how many there were, what failed, and milliseconds by rank. */
  stop(): Promise<{ count: number; failed: string[]; p50: number; p99: number; slowest: number }>;
}

/** What the members of a small server do, in turn. */
const deeds: [method: string, path: string][] = [
  ["GET", "/api/v1/timelines/home"],
  ["POST", "/api/v1/statuses"],
  ["GET", "/@alice"],
  ["GET", "/api/v2/instance"],
  ["POST", "/api/v1/statuses"],
];

/** So many requests a second, half of them writing, each begun at its time even where others are late. */
export function startLoad(url: string, client: Deno.HttpClient, token: string, perSecond: number): Load {
  const began = performance.now();
  const running = new Set<Promise<void>>();
  const took: number[] = [];
  const failed: string[] = [];
  let count = 0;
  const timer = setInterval(() => {
    const due = (performance.now() - began) / 1_000 * perSecond;
    for (; count < due; count++) {
      const asked = ask(count);
      running.add(asked);
      asked.then(() => running.delete(asked));
    }
  }, 10);

  async function ask(number: number): Promise<void> {
    const [method, path] = deeds[number % deeds.length]!;
    const from = performance.now();
    try {
      const answer = await fetch(url + path, {
        ...{ client, method, redirect: "manual", signal: AbortSignal.timeout(30_000) },
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: method === "POST" ? JSON.stringify({ status: `Cup ${number}` }) : undefined,
      });
      const text = await answer.text();
      if (answer.status !== 200) failed.push(`${method} ${path}: ${answer.status} ${text.slice(0, 100)}`);
    } catch (error) {
      failed.push(`${method} ${path} at ${new Date().toISOString()}: ${error} (${(error as Error).cause})`);
    }
    took.push(performance.now() - from);
  }

  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(running);
      took.sort((a, b) => a - b);
      const rank = (share: number) => Math.round(took[Math.floor(share * (took.length - 1))]!);
      return { count, failed, p50: rank(0.5), p99: rank(0.99), slowest: rank(1) };
    },
  };
}

/** A machine that is busy with other things says nothing about us. */
const isQuiet = Deno.loadavg()[0]! < navigator.hardwareConcurrency;

/** Does something while 50 requests a second come in, none of which may fail or wait a second. */
export async function underLoad<T extends { said: string }>(
  { url, client }: { url: string; client: Deno.HttpClient },
  token: string,
  what: () => Promise<T>,
): Promise<T> {
  const load = startLoad(url, client, token, 50);
  const done = await what();
  await pause(2_000);
  const { failed, ...figures } = await load.stop();
  console.log(JSON.stringify({ failed: failed.length, ...figures }));
  assert.deepEqual(failed, [], done.said);
  if (isQuiet) assert.ok(figures.p99 < 1_000, JSON.stringify(figures));
  return done;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
