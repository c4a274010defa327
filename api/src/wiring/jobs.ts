import {
  type CronItem,
  Logger as JobLogger,
  parseCronItems,
  run,
  type RunnerOptions,
  runOnce,
  type TaskList,
  type WorkerEvents,
} from "graphile-worker";
import { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { Pool } from "pg";
import type { Ctx } from "../base/ctx.ts";
import { Refusal } from "../base/errors.ts";
import { addJobs, type Heard } from "../base/events.ts";
import { giveBackForDead, showPresence } from "./presence.ts";
import { within } from "./process.ts";
import { chores, hears, listening } from "./work.ts";

/** Runs events and chores: PostgreSQL is the queue, so any number of processes may do so. */

type Job = (ctx: Ctx, payload: never) => Promise<void>;

/** Every job by the name under which `emit` and the clock enqueue it. */
function jobs(): Map<string, Job> {
  const found = new Map<string, Job>();
  for (const [noun, listeners] of Object.entries(listening)) {
    for (const [event, listener] of Object.entries(listeners)) found.set(`${noun}/${event}`, listener as Job);
  }
  for (const [noun, timed] of Object.entries(chores)) {
    for (const [name, chore] of Object.entries(timed)) found.set(`${noun}/${name}`, chore.run as Job);
  }
  return found;
}

function taskList(ctx: Ctx): TaskList {
  const tasks: TaskList = {};
  const known = jobs();
  const run = async (name: string, payload: unknown) => {
    const job = known.get(name);
    if (!job) throw new Error(`There is no job of the name ${name} in this version`);
    try {
      await job(ctx, payload as never);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error; // a fault: tried again later
      ctx.log.info("A job was refused", { name, reason: error.message });
    }
  };
  for (const name of known.keys()) tasks[name] = (payload) => run(name, payload);
  for (const event of hears.keys()) tasks[event] = (heard) => runTogether(ctx, heard as Heard, run);
  return tasks;
}

/** Does all that one event brings about. What fails becomes a job of its own, so that it alone is done again. */
async function runTogether(
  ctx: Ctx,
  { jobs, payload }: Heard,
  run: (name: string, payload: unknown) => Promise<void>,
): Promise<void> {
  const outcomes = await Promise.allSettled(jobs.map((name) => run(name, payload)));
  const failed = outcomes.flatMap((outcome, index) => {
    if (outcome.status === "fulfilled") return [];
    ctx.log.warning("A job will be tried again", { name: jobs[index], error: outcome.reason });
    return [{ identifier: jobs[index]!, payload }];
  });
  if (failed.length > 0) await addJobs(ctx.db, failed);
}

function cronItems(): CronItem[] {
  return Object.entries(chores).flatMap(([noun, timed]) =>
    Object.entries(timed).map(([name, chore]) => ({
      task: `${noun}/${name}`,
      match: chore.cron,
      identifier: `${noun}/${name}`,
    }))
  );
}

function options(ctx: Ctx, pool: Pool): RunnerOptions {
  const levels = { error: "error", warning: "warn", info: "debug", debug: "debug" } as const;
  return {
    pgPool: pool,
    taskList: taskList(ctx),
    noHandleSignals: true,
    // Without a delay, even of none, the queue does not wait at its end until it is written down what was done.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: new JobLogger(() => (level, message) => ctx.log[levels[level]](message.replaceAll("{", "("))),
  };
}

/** Milliseconds between two looks for workers that were killed. */
const lookAfterDead = 20_000;

/** Milliseconds until a queue that has given up begins anew. */
const pause = 1_000;

/**
 * Works until `stop` is called; then lets what runs end, and gives the rest back: after `patience` milliseconds also
 * what has not ended. Where the database goes away under a job, the queue gives up for good, and is begun anew.
 */
export async function work(ctx: Ctx, pool: Pool): Promise<{ stop(patience: number): Promise<void> }> {
  const events: WorkerEvents = new EventEmitter();
  const presence = showPresence(ctx, events);
  const begin = () =>
    run({ ...options(ctx, pool), events, concurrency: 4, parsedCronItems: parseCronItems(cronItems()) });
  let runner = await begin();
  let isStopping = false;
  const keepWorking = async () => {
    await runner.promise.catch(() => {});
    while (!isStopping) {
      await delay(pause);
      try {
        await presence.giveBack();
        runner = await begin();
        if (isStopping) await runner.stop();
        await runner.promise.catch(() => {});
      } catch (error) {
        ctx.log.warning("The job queue waits for the database", { error });
      }
    }
  };
  const ended = keepWorking();
  const look = () =>
    giveBackForDead(ctx.db).catch((error) => ctx.log.warning("Dead workers' jobs wait", { error }));
  await look();
  const timer = setInterval(look, lookAfterDead);
  return {
    stop: async (patience) => {
      clearInterval(timer);
      isStopping = true;
      const stopped = runner.stop().catch(() => {}); // it may have ended by itself
      if (!await within(patience, Promise.all([stopped, ended]))) await presence.giveBack();
    },
  };
}

/** Does what is due now, and returns when nothing is left. */
export async function workOnce(ctx: Ctx, pool: Pool): Promise<void> {
  await runOnce(options(ctx, pool));
}
