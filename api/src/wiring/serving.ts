import type { Pool } from "pg";
import type { Config } from "../base/config.ts";
import type { Ctx } from "../base/ctx.ts";
import { connectDb, openPool } from "../base/db.ts";
import { listen as hear } from "../base/listen.ts";
import { inboxChannel, presenceOf } from "../delivery/inbox_store.ts";
import { rememberIdentity } from "../instance/identity.ts";
import { buildApp, type Connection } from "./app.ts";
import { countArriving } from "./arriving.ts";
import { boot } from "./boot.ts";
import { health, type Readiness } from "./health.ts";
import { awaitSchema, type Process, within } from "./process.ts";
import { type Receiving, startReceiving } from "./receiving.ts";
import { routes } from "./routes.ts";

/** The API process: serves people and programs. Any number of them may run against one database. */
export interface Serving {
  /** Where it listens; the system chose the port if 0 was asked for. */
  port: number;
  ctx: Ctx;
  /**
   * Answers open requests, takes no new ones, gives its connections back. For `notice` milliseconds (none, if not
   * said) it still takes requests, while `/health/ready` already sends balancers elsewhere.
   */
  stop(notice?: number): Promise<void>;
}

/** Milliseconds that open requests may take to their end, and connections to come back. */
const patience = 20_000;

/** Starts an API process. Throws where the database is not ours, or too old after a minute of waiting. */
export async function startServing(config: Config, process: Process, hostname?: string): Promise<Serving> {
  const { forRequests, forInbox } = shares(config.pool.api);
  const pool = openPool({
    ...poolOptions(process),
    connections: forRequests,
    name: "riff api",
    goesByIndex: true,
  });
  // What came in stays on record until it is noted as done.
  const inboxPool = openPool({
    ...poolOptions(process),
    connections: forInbox,
    name: "riff inbox",
    isHasty: true,
    goesByIndex: true,
  });
  const endPools = () => Promise.all([pool.end(), inboxPool.end()]);
  try {
    await awaitSchema(pool, process.say);
    const ctx = boot(config, { pool, secretKey: process.secretKey });
    await rememberIdentity(ctx);
    const server = listen(ctx, pool, config.port, hostname);
    const receiving = receive({ ...ctx, db: connectDb(inboxPool) }, process);
    return {
      ...server,
      stop: async (notice) => {
        await server.stop(notice);
        await within(patience, receiving.stop());
        ctx.http.close();
        await within(patience, endPools());
      },
    };
  } catch (error) {
    await endPools();
    throw error;
  }
}

/**
 * How the connections of this process are shared out. One hears what comes in; working it off has some of its own,
 * so that a burst from other servers can't take those that members' requests need.
 */
function shares(all: number): { forRequests: number; forInbox: number } {
  const forInbox = Math.max(1, Math.min(8, Math.floor(all / 3)));
  return { forInbox, forRequests: Math.max(1, all - forInbox - 1) };
}

function poolOptions({ databaseUrl, databaseCa, onPoolError }: Process) {
  return { url: databaseUrl, ca: databaseCa, onError: onPoolError };
}

/** Works off what other servers send, whenever there is something. */
function receive(ctx: Ctx, process: Process): Pick<Receiving, "stop"> {
  const [number = 0] = new Int32Array(ctx.random(4).buffer);
  const receiving = startReceiving(ctx, number);
  const hearing = hear({
    ...process,
    name: "riff api listens",
    channels: { [inboxChannel]: receiving.wake },
    statement: presenceOf(number),
    log: ctx.log,
  });
  return {
    stop: async () => {
      await receiving.stop();
      await hearing.stop(); // only now: others take what we have begun, once we are not heard any more
    },
  };
}

/** Listens on this port. `stop` says so at `/health/ready` first, then lets open requests end. */
export function listen(ctx: Ctx, pool: Pool, port: number, hostname = "0.0.0.0"): Serving {
  const readiness: Readiness = { isDraining: false };
  const arriving = countArriving();
  const app = buildApp(ctx, [...routes, ...health(pool, readiness)]);
  const server = openDoor(
    { port, hostname, onListen: () => {}, onError: () => new Response(null, { status: 500 }) },
    (request, info) => arriving.through(request, () => app.fetch(request, info as Connection)),
  );
  return {
    port: server.addr.port,
    ctx,
    stop: async (notice = 0) => {
      readiness.isDraining = true;
      await new Promise((resolve) => setTimeout(resolve, notice));
      await within(patience, arriving.none());
      await within(patience, server.shutdown());
    },
  };
}

/** `Deno.serve`, with words for whoever can't have this port. */
function openDoor(options: Deno.ServeTcpOptions, handler: Deno.ServeHandler<Deno.NetAddr>) {
  try {
    return Deno.serve(options, handler);
  } catch (cause) {
    if (cause instanceof Deno.errors.AddrInUse) {
      throw new Error(`Port ${options.port} is taken, perhaps by another riff: stop that, or set PORT`, {
        cause,
      });
    }
    if (cause instanceof Deno.errors.PermissionDenied) {
      throw new Error(`Port ${options.port} is not for us: set PORT to one above 1023`, { cause });
    }
    throw cause;
  }
}
