import { setTimeout as delay } from "node:timers/promises";
import { descendantsOf } from "./proc.ts";

/** A process that answers HTTP, or works for one that does. */
export interface Child extends AsyncDisposable {
  pid: number;
  /** Resolves when it has ended. */
  ended: Promise<unknown>;
  /** Ends it as a service manager would, and waits. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  env?: Record<string, string>;
  cwd?: string;
}

/** Starts a process. What it says is heard only if it ends before it was asked to. */
export function startChild([program, ...args]: string[], options: ChildOptions = {}): Child {
  const child = new Deno.Command(program!, {
    args,
    ...options,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  })
    .spawn();
  let asked = false;
  const said = new Response(child.stderr).text();
  const ended = child.status.then(async ({ code }) => {
    if (!asked) console.error(`${program} ${args.join(" ")} ended with ${code}:\n${await said}`);
  });
  const stop = async () => {
    // Whoever stands around it (npx, `deno task`) ends with it.
    if (!asked) Deno.kill([child.pid, ...descendantsOf(child.pid)].at(-1)!, "SIGTERM");
    asked = true;
    await ended;
  };
  return { pid: child.pid, ended, stop, [Symbol.asyncDispose]: stop };
}

/** Milliseconds until this process answers 2xx here. */
export async function untilItAnswers(child: Child, url: string): Promise<number> {
  const since = performance.now();
  let isGone = false;
  child.ended.then(() => isGone = true);
  while (!isGone && performance.now() - since < 60_000) {
    if (await fetch(url).then((answer) => answer.text().then(() => answer.ok), () => false)) {
      return performance.now() - since;
    }
    await delay(10);
  }
  throw new Error(`Nobody answers at ${url}`);
}

export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
