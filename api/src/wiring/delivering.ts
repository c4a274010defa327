import type { Ctx } from "../base/ctx.ts";
import { Courier } from "../delivery/courier.ts";
import { nextDueAt } from "../delivery/send_store.ts";
import { keepGoing, type Running } from "./rounds.ts";

/** The worker's way to other servers: sends what is due, and sleeps until more is. */
export function startDelivering(ctx: Ctx): Running {
  const courier = new Courier(ctx);
  return keepGoing({
    work: (signal) => courier.carry(signal),
    nextAt: () => nextDueAt(ctx.db),
    now: ctx.now,
    onError: (error) => ctx.log.error("Delivering was interrupted", { error }),
  });
}
