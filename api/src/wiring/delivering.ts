import type { Ctx } from "../base/ctx.ts";
import { Courier } from "../delivery/courier.ts";
import { nextDueAt } from "../delivery/send_store.ts";

/** The worker's way to other servers: sends what is due, and sleeps until more is. */
export interface Delivering {
  /** There may be something new. */
  wake(): void;
  /** Lets what is under way end; the rest stays for others. */
  stop(): Promise<void>;
}

/** The longest sleep, in milliseconds: whatever wakes us otherwise, the table is looked at so often. */
const longestSleep = 30_000;

export function startDelivering(ctx: Ctx): Delivering {
  const stopped = new AbortController();
  let alarm = Promise.withResolvers<void>();
  const wake = () => alarm.resolve();
  const ended = (async () => {
    const courier = new Courier(ctx);
    while (!stopped.signal.aborted) {
      alarm = Promise.withResolvers<void>();
      try {
        await courier.carry(stopped.signal);
        if (!stopped.signal.aborted) await sleep(await untilNext(ctx), alarm.promise);
      } catch (error) {
        ctx.log.error("Delivering was interrupted", { error });
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

async function untilNext(ctx: Ctx): Promise<number> {
  const next = await nextDueAt(ctx.db);
  if (!next) return longestSleep;
  return Math.min(longestSleep, Math.max(50, next.since(ctx.now()).total("milliseconds")));
}

async function sleep(milliseconds: number, alarm: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([alarm, new Promise((resolve) => timer = setTimeout(resolve, milliseconds))]);
  clearTimeout(timer);
}
