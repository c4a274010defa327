import type { Ctx } from "../base/ctx.ts";
import { nextArrivalAt, releaseForDead } from "../delivery/inbox_store.ts";
import { Receiver } from "../delivery/receiver.ts";
import { understood } from "./federation.ts";

/** The API's work on what other servers sent: takes what is due, and sleeps until more is. */
export interface Receiving {
  /** There may be something new. */
  wake(): void;
  /** Lets what is under way end; the rest stays for others. */
  stop(): Promise<void>;
}

/** The longest sleep, in milliseconds: whatever wakes us otherwise, the table is looked at so often. */
const longestSleep = 15_000;

/** Begins. `number` is this process's own: see `presenceOf`. */
export function startReceiving(ctx: Ctx, number: number): Receiving {
  const stopped = new AbortController();
  let alarm = Promise.withResolvers<void>();
  const receiver = new Receiver(ctx, understood, number);
  const wake = () => {
    alarm.resolve();
    receiver.wake();
  };
  const ended = (async () => {
    while (!stopped.signal.aborted) {
      alarm = Promise.withResolvers<void>();
      try {
        await receiver.work(stopped.signal);
        if (stopped.signal.aborted) break;
        await sleep(await untilNext(ctx), alarm.promise);
        await releaseForDead(ctx.db);
      } catch (error) {
        ctx.log.error("Working the inbox off was interrupted", { error });
        await sleep(1_000, alarm.promise);
      }
    }
  })();
  return {
    wake,
    stop: async () => {
      stopped.abort();
      wake();
      await ended;
    },
  };
}

/** Does what is due now; answers how many activities that were. */
export async function receiveOnce(ctx: Ctx): Promise<number> {
  return await new Receiver(ctx, understood).work();
}

async function untilNext(ctx: Ctx): Promise<number> {
  const next = await nextArrivalAt(ctx.db);
  if (!next) return longestSleep;
  return Math.min(longestSleep, Math.max(50, next.since(ctx.now()).total("milliseconds")));
}

async function sleep(milliseconds: number, alarm: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([alarm, new Promise((resolve) => timer = setTimeout(resolve, milliseconds))]);
  clearTimeout(timer);
}
