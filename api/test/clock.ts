import type { World } from "./world.ts";

/**
 * Moves these worlds' clocks to the next full hour: there every rate limit's window begins, and no test that
 * counts runs into the next one.
 */
export function toFullHour(...worlds: World[]): void {
  const hour = 60 * 60 * 1000;
  for (const world of worlds) world.pass({ milliseconds: hour - world.ctx.now().epochMilliseconds % hour });
}
