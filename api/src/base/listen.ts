import type { Logger } from "@logtape/logtape";
import pg from "pg";

/** Where to listen, and whom to wake. */
export interface Listening {
  databaseUrl: string;
  databaseCa?: string;
  /** What `pg_stat_activity` shows. */
  name: string;
  /** For each channel what to do when something happened there: look at the tables. Payloads are not passed on. */
  channels: Record<string, () => void>;
  /** A statement for each new connection, such as a lock that is held for as long as it lasts. */
  statement?: string;
  log: Logger;
}

/** Milliseconds between attempts to get a lost connection back. */
const pause = 1_000;

/**
 * Hears PostgreSQL's `NOTIFY` on a connection of its own. A lost connection is made anew, and whoever listens
 * is woken then, too: something may have happened meanwhile.
 */
export function listen(listening: Listening): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const ended = keepListening(listening, stopped.signal);
  return {
    stop: async () => {
      stopped.abort();
      await ended;
    },
  };
}

async function keepListening(listening: Listening, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await listenUntilLost(listening, signal);
    } catch (error) {
      listening.log.warning("Listening to the database broke off", { error });
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function listenUntilLost(listening: Listening, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({
    connectionString: listening.databaseUrl,
    ssl: listening.databaseCa ? { ca: listening.databaseCa } : undefined,
    application_name: listening.name,
    keepAlive: true,
  });
  const lost = Promise.withResolvers<void>();
  client.on("error", () => lost.resolve());
  client.on("end", () => lost.resolve());
  client.on("notification", ({ channel }) => listening.channels[channel]?.());
  signal.addEventListener("abort", () => lost.resolve(), { once: true });
  try {
    await client.connect();
    for (const channel of Object.keys(listening.channels)) await client.query(`listen "${channel}"`);
    Object.values(listening.channels).forEach((wake) => wake());
    // Not waited for: the lock may still be held by the connection that was lost.
    if (listening.statement) client.query(listening.statement).catch(() => lost.resolve());
    await lost.promise;
  } finally {
    await client.end().catch(() => {});
  }
}
