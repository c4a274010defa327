import type { WorkerEvents } from "graphile-worker";
import { sql } from "kysely";
import type { Ctx } from "../base/ctx.ts";
import type { Db } from "../base/db.ts";

/**
 * Workers that were killed can't give back what they had begun, and the queue itself would wait four hours for them.
 * So each holds a lock for as long as it lives, and the others look whose is gone.
 */

/** The first half of each lock's key; the second is made of the worker's name. Any number, but always the same. */
const presence = 7_249_106;

/** A worker that shows that it lives. */
export interface Presence {
  /** Gives back to the queue what this worker has begun. */
  giveBack(): Promise<void>;
}

/**
 * Has the connection by which a worker hears of jobs hold its lock: where that one ends, the worker is deaf or dead. Who
 * was deaf gives back everything: the database went away, perhaps after it had marked jobs as this worker's and before
 * it could tell.
 */
export function showPresence(ctx: Ctx, events: WorkerEvents): Presence {
  const names: string[] = [];
  const heard = new Set<string>();
  const giveBack = async () => {
    await sql`select graphile_worker.force_unlock_workers(${names}::text[])`.execute(ctx.db);
  };
  events.on("pool:create", ({ workerPool }) => names.push(workerPool.id));
  events.on("pool:listen:success", ({ workerPool, client }) => {
    client.query("select pg_advisory_lock($1, hashtext($2))", [presence, workerPool.id]).catch((error) => {
      ctx.log.warning("A worker could not show that it lives", { error });
    });
    if (!heard.has(workerPool.id)) return void heard.add(workerPool.id);
    giveBack().catch((error) => ctx.log.warning("Jobs of a worker that was deaf wait", { error }));
  });
  return { giveBack };
}

/** Gives back to the queue what dead workers had begun. Nothing is hurt where one of them lives: jobs may run twice. */
export async function giveBackForDead(db: Db): Promise<void> {
  await sql`
    select graphile_worker.force_unlock_workers(array(
      select worker from (select distinct locked_by as worker from graphile_worker.jobs) as known
      where worker is not null and pg_try_advisory_xact_lock(${presence}, hashtext(worker))))`.execute(db);
}
