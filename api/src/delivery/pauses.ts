/** How long to wait before trying again. */

/** After so many attempts a delivery is given up: about six days. */
export const mostAttempts = 18;

const first = 30;
const longest = 12 * 60 * 60;

/**
 * Seconds before the next attempt, growing with those that failed: half a minute, a minute, two, up to twelve
 * hours. A fifth is left to chance (`random` from 0 to 1), so that not all come back at once.
 */
export function pauseAfter(failures: number, random: number): number {
  const pause = Math.min(longest, first * 2 ** Math.max(0, failures - 1));
  return Math.round(pause * (0.9 + 0.2 * random));
}
