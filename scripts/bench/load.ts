/** Many requests at once, from a process of their own: `wrk` where it is installed, else `autocannon`. */

/** What is asked, in turns. */
export interface Target {
  url: string;
  asks: Ask[];
}

/** One request: a POST if it has a body, which is JSON, and ASCII. */
export interface Ask {
  token?: string;
  accept?: string;
  body?: string;
}

export function methodOf({ body }: Ask): "GET" | "POST" {
  return body === undefined ? "GET" : "POST";
}

export function headersOf({ token, accept, body }: Ask): Record<string, string> {
  return {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(accept !== undefined && { accept }),
    ...(body !== undefined && { "content-type": "application/json" }),
  };
}

export interface Measured {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Answers other than 2xx, and requests without an answer. */
  failures: number;
}

export interface Load {
  connections: number;
  seconds: number;
}

export const generator: "wrk" | "autocannon" = await installed("wrk") ? "wrk" : "autocannon";

/** Asks for as much as there is to be had. */
export function measure(target: Target, load: Load): Promise<Measured> {
  return generator === "wrk" ? withWrk(target, load) : withAutocannon(target, load);
}

async function withAutocannon(target: Target, load: Load): Promise<Measured> {
  const script = new URL("autocannon.ts", import.meta.url).pathname;
  return JSON.parse(await output([Deno.execPath(), "run", "-A", script, JSON.stringify({ target, load })]));
}

async function withWrk(target: Target, { connections, seconds }: Load): Promise<Measured> {
  const script = await Deno.makeTempFile({ prefix: "riff-bench-", suffix: ".lua" });
  try {
    await Deno.writeTextFile(script, luaFor(target));
    const said = await output([
      ...["wrk", "-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "10s", "-s", script, target.url],
    ]);
    const [perSecond, p50, p99, failures] = said.slice(said.lastIndexOf("measured ") + 9).split(" ").map(
      Number,
    );
    return { perSecond: perSecond!, p50: p50!, p99: p99!, failures: failures! };
  } finally {
    await Deno.remove(script);
  }
}

/** wrk's way to say what is asked, and what to tell in the end. */
function luaFor({ asks }: Target): string {
  const quoted = (text: string) => `[==[${text}]==]`;
  const formats = asks.map((ask) => {
    const headers = Object.entries(headersOf(ask)).map(([name, value]) => `["${name}"]=${quoted(value)}`);
    const body = ask.body === undefined ? "nil" : quoted(ask.body);
    return `wrk.format("${methodOf(ask)}", nil, {${headers.join(",")}}, ${body})`;
  });
  return `
local asks, turn
function init() asks, turn = {${formats.join(",")}}, 0 end
function request()
  turn = turn % #asks + 1
  return asks[turn]
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("measured %f %f %f %d", summary.requests * 1e6 / summary.duration,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.status + e.connect + e.read + e.write + e.timeout))
end`;
}

async function output([program, ...args]: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program!, { args }).output();
  if (!success) throw new Error(`${program} failed: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

async function installed(program: string): Promise<boolean> {
  try {
    await new Deno.Command(program, { args: ["--version"], stdout: "null", stderr: "null" }).output();
    return true;
  } catch {
    return false;
  }
}
