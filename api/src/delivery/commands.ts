import { recorded } from "../auth/by_command.ts";
import { Invalid } from "../base/errors.ts";
import { type Commands, examples, Misuse, type Outcome, table, type Terminal } from "../base/terminal.ts";
import { type ServerHealth, serverHealth, setPaused, unholdDeliveries } from "./health_store.ts";

/** `riff federation ...` */
export const commands: Commands = (riff, run) => {
  const federation = riff.command("federation").description("how sending to other servers goes")
    .addHelpText("after", examples("federation status", "federation retry elsewhere.example"));
  federation.command("status").description("which servers wait for something, or don't answer")
    .argument("[host]", "one server")
    .addHelpText("after", examples("federation status", "federation status elsewhere.example --json"))
    .action(run(status));
  federation.command("retry").description("try again now, whatever pause was being kept")
    .argument("[host]", "which server")
    .option("--all", "all of them")
    .addHelpText("after", examples("federation retry elsewhere.example", "federation retry --all"))
    .action(run(retry));
  federation.command("pause").description("send nothing to a server until `resume`; nothing is lost")
    .argument("<host>", "which server")
    .addHelpText("after", examples("federation pause elsewhere.example"))
    .action(run(({ ctx }: Terminal, host: string) => switchTo(ctx, host, true)));
  federation.command("resume").description("undo a pause")
    .argument("<host>", "which server")
    .addHelpText("after", examples("federation resume elsewhere.example"))
    .action(run(({ ctx }: Terminal, host: string) => switchTo(ctx, host, false)));
};

/** Servers that are listed at most: those with the most waiting come first. */
const mostListed = 100;

async function status({ ctx }: Terminal, host: string | undefined): Promise<Outcome> {
  const servers = await serverHealth(ctx.db, host?.toLowerCase(), mostListed);
  if (host && servers.length === 0) {
    throw new Invalid(`${host} is not known here: nothing was ever sent there`);
  }
  const waiting = servers.reduce((sum, server) => sum + server.waiting, 0);
  const lines = servers.length === 0
    ? ["Nothing waits to be sent, and every server answers"]
    : table([["server", "waiting", "state", "since", "says"], ...servers.map(row)]);
  if (servers.some((server) => server.failingSince)) {
    lines.push("`federation retry HOST` tries again at once");
  }
  return { lines, json: { waiting, servers: servers.map(asJson) } };
}

function row(server: ServerHealth): string[] {
  const state = server.isPaused
    ? "paused"
    : server.failingSince
    ? `failed ${server.failures === 1 ? "once" : `${server.failures} times`}`
    : "answers";
  const since = server.failingSince?.toString({ smallestUnit: "second" }) ?? "";
  return [server.host, String(server.waiting), state, since, server.lastError ?? ""];
}

function asJson(server: ServerHealth) {
  return {
    host: server.host,
    waiting: server.waiting,
    paused: server.isPaused,
    failures: server.failures,
    failing_since: server.failingSince?.toString() ?? null,
    retry_at: server.retryAt?.toString() ?? null,
    last_delivered_at: server.lastDeliveredAt?.toString() ?? null,
    last_error: server.lastError,
  };
}

async function retry({ ctx }: Terminal, host: string | undefined, { all }: { all?: true }): Promise<Outcome> {
  if (!host === !all) throw new Misuse("Name one server, or say --all");
  let count = 0;
  await recorded(ctx, { command: "federation retry", host: host ?? "all" }, async (ctx) => {
    count = await unholdDeliveries(ctx.db, host?.toLowerCase(), ctx.now());
  });
  const where = host ?? "all servers that are not paused";
  return {
    lines: [`Tried again as soon as a worker runs: ${deliveries(count)} to ${where}`],
    json: { retried: count },
  };
}

async function switchTo(ctx: Terminal["ctx"], host: string, isPaused: boolean): Promise<Outcome> {
  const command = isPaused ? "federation pause" : "federation resume";
  let waiting = 0;
  await recorded(ctx, { command, host }, async (ctx) => {
    waiting = await setPaused(ctx.db, host.toLowerCase(), isPaused, ctx.now());
  });
  const line = isPaused
    ? `Nothing goes to ${host} any more: ${
      deliveries(waiting)
    } held back. \`federation resume ${host}\` undoes it`
    : `Sent as soon as a worker runs: ${deliveries(waiting)} to ${host}`;
  return { lines: [line], json: { host, paused: isPaused, waiting } };
}

function deliveries(count: number): string {
  return count === 1 ? "1 delivery" : `${count} deliveries`;
}
