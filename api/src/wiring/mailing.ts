import type { Ctx } from "../base/ctx.ts";
import { carryMails } from "../mail/postman.ts";
import { wayOf } from "../mail/way.ts";
import { nextMailAt } from "../mail/way_store.ts";
import { letters } from "./letters.ts";
import { keepGoing, type Running } from "./rounds.ts";

/** The worker's way to the mail server: sends what is due, and sleeps until more is. `say` tells whoever watches. */
export function startMailing(ctx: Ctx, say: (line: string) => void): Running {
  const way = wayOf(ctx, say);
  return keepGoing({
    work: (signal) => carryMails(ctx, letters, way, signal),
    nextAt: () => nextMailAt(ctx.db),
    now: ctx.now,
    onError: (error) => ctx.log.error("Sending mail was interrupted", { error }),
  });
}
