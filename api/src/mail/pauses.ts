/** How long to wait before trying again. */

const minute = 60;

/** Seconds until the mail server is asked again: it may only be restarting, and people wait for what it takes. */
export function pauseOfWay(failures: number): number {
  return growing(minute / 2, 15 * minute, failures);
}

/** Seconds until a mail is tried again that was refused for its own sake: a mailbox is full, or its server busy. */
export function pauseOfMail(attempts: number): number {
  return growing(minute, 4 * 60 * minute, attempts);
}

function growing(first: number, longest: number, failures: number): number {
  return Math.min(longest, first * 2 ** Math.max(0, failures - 1));
}

/**
 * Whether a mail that was refused so often is given up: at once where there is no such mailbox, after eight hours
 * where it is refused for good, after two days where the other side said "later".
 */
export function isHopeless(attempts: number, reply: { code: number; text: string }): boolean {
  if (/^5\d\d[ -]5\.1\.\d/.test(reply.text)) return true;
  return attempts >= (reply.code >= 500 ? 10 : 20);
}
