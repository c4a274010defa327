import { setTimeout as delay } from "node:timers/promises";
import { exists, type Home, run, writeFor } from "./embedded_home.ts";

/** A living server, as its pid file describes it. */
export interface Server {
  pid: number;
  port: number;
  /** `starting`, `ready`, `stopping` or `standby`. */
  status: string;
}

/** How to start a server. */
export interface LaunchOptions {
  /** Default: any free one. */
  port?: number;
  /** Hears what takes time, one line each. */
  say: (line: string) => void;
  /** PostgreSQL's own settings, over ours. */
  settings?: Record<string, string>;
}

const ourSettings: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  // A socket's path may have 107 bytes, and folders may lie deeper.
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "128MB",
  timezone: "UTC",
  log_timezone: "UTC",
  // Riff hears of failed statements and logs them itself: here they would fill the disk, and hold people's words.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_checkpoints: "off",
};

/** The living server of this very folder, once it is ready. A file left behind by a dead one is cleared. */
export async function findServer(
  home: Home,
  say: (line: string) => void = () => {},
): Promise<Server | undefined> {
  const file = `${home.dir}/data/postmaster.pid`;
  for (let looks = 0; await exists(file); looks++) {
    const server = await readServer(home);
    if (server?.status === "ready" && await isOurs(server, home)) return server;
    // A server that has only just begun to write the file gets a second: an empty one may also be a dead one's.
    if (server ? !await isOurs(server, home) : looks > 20) {
      await Deno.remove(file).catch(() => {});
      return;
    }
    if (server && looks === 20) say(`Waiting for the database, which is ${server.status}`);
    await delay(50);
  }
}

/** Milliseconds that what a killed server left behind may take to go: its children, while they work. */
const patience = 60_000;

/** Starts the server, and answers when it is ready. */
export async function launch(home: Home, { port, say, settings }: LaunchOptions): Promise<Server> {
  say("Starting PostgreSQL");
  const log = `${home.dir}/data/server.log`;
  let waiting = false;
  for (const since = Date.now();; await delay(200)) {
    const text = settingsText({ port: String(port ?? freePort()), ...ourSettings, ...settings });
    await writeFor(home, `${home.dir}/data/riff.conf`, text);
    await Deno.rename(log, `${log}.before`).catch(() => {});
    try {
      await run(home, "pg_ctl", ["start", "-D", `${home.dir}/data`, "-l", log, "-w", "-t", "600"]);
    } catch (cause) {
      const reason = (await Deno.readTextFile(log).catch(() => "")).trim();
      const passes = /shared memory block|lock file/.test(reason) ||
        !port && /address already in use/i.test(reason);
      if (!passes || Date.now() - since > patience) {
        throw new Error(`The database does not start. ${log} says:\n${reason.slice(-2000)}`, { cause });
      }
      if (!waiting) say("Waiting for what a killed database has left running");
      waiting = true;
    }
    // A start whose riff was killed may have gone on alone, and been faster.
    const server = await findServer(home);
    if (server) return server;
  }
}

/** What the pid file says: https://www.postgresql.org/docs/18/storage-file-layout.html */
async function readServer(home: Home): Promise<Server | undefined> {
  const text = await Deno.readTextFile(`${home.dir}/data/postmaster.pid`).catch(() => "");
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  return pid ? { pid, port: Number(lines[3]), status: lines[7]?.trim() || "starting" } : undefined;
}

/** Whether it lives. After a restart of the machine its number may be somebody else's. */
async function isOurs({ pid }: Server, home: Home): Promise<boolean> {
  return ` ${await commandOf(pid)} `.includes(` ${home.dir}/data `);
}

/** The command line of a process; empty if there is none. */
async function commandOf(pid: number): Promise<string> {
  if (Deno.build.os === "linux") {
    return (await Deno.readTextFile(`/proc/${pid}/cmdline`).catch(() => "")).replaceAll("\0", " ");
  }
  const { stdout } = await new Deno.Command("ps", { args: ["-ww", "-o", "args=", "-p", String(pid)] })
    .output();
  return new TextDecoder().decode(stdout).trim();
}

function settingsText(settings: Record<string, string>): string {
  return Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`).join(
    "",
  );
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
