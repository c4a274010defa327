import type { Ctx } from "../base/ctx.ts";
import { storeDue } from "../media/store_away.ts";
import { keepGoing, type Running } from "./rounds.ts";

/** Seconds between two looks into the folder. */
const often = 15;

/**
 * The worker's way from this machine's folder to the bucket: what the bucket did not take at first, and what an API
 * process of this machine has put there while the worker of another one was told of it.
 */
export function startStoring(ctx: Ctx): Running {
  return keepGoing({
    work: () => storeDue(ctx),
    nextAt: () => Promise.resolve(ctx.now().add({ seconds: often })),
    now: ctx.now,
    onError: (error) => ctx.log.error("Bringing media to the bucket was interrupted", { error }),
  });
}
