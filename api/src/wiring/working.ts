import type { Config } from "../base/config.ts";
import { openPool } from "../base/db.ts";
import { listen } from "../base/listen.ts";
import { deliveryChannel } from "../delivery/store.ts";
import { rememberIdentity } from "../instance/identity.ts";
import { mailChannel } from "../mail/store.ts";
import { boot } from "./boot.ts";
import { startDelivering } from "./delivering.ts";
import { work } from "./jobs.ts";
import { startMailing } from "./mailing.ts";
import { startStoring } from "./storing.ts";
import { awaitSchema, type Process, within } from "./process.ts";

/** A worker process: events, chores, deliveries and mails. Any number of them may run against one database. */
export interface Working {
  /** Lets what runs end, gives the rest back to the queue, and its connections to the database. */
  stop(): Promise<void>;
}

/** Milliseconds that running jobs may take to their end; then they are given back, and done again elsewhere. */
const patience = 20_000;

/** Starts a worker process. Throws where the database is not ours, or too old after a minute of waiting. */
export async function startWorking(config: Config, process: Process): Promise<Working> {
  const pool = openPool({
    url: process.databaseUrl,
    ca: process.databaseCa,
    connections: config.pool.worker,
    name: "riff worker",
    isHasty: true, // jobs and deliveries stay on record until they are noted as done
    onError: process.onPoolError,
  });
  try {
    await awaitSchema(pool, process.say);
    const ctx = boot(config, { pool, secretKey: process.secretKey });
    await rememberIdentity(ctx);
    const working = await work(ctx, pool);
    const delivering = startDelivering(ctx);
    const mailing = startMailing(ctx, process.say);
    const storing = startStoring(ctx);
    const listening = listen({
      ...process,
      name: "riff worker listens",
      channels: { [deliveryChannel]: delivering.wake, [mailChannel]: mailing.wake },
      log: ctx.log,
    });
    return {
      stop: async () => {
        await listening.stop();
        await Promise.all([
          working.stop(patience),
          within(patience, delivering.stop()),
          within(patience, mailing.stop()),
          within(patience, storing.stop()),
        ]);
        ctx.http.close();
        await within(patience, pool.end());
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}
