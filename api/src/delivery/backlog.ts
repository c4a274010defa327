import type { Ctx } from "../base/ctx.ts";
import { TooMany } from "../base/errors.ts";
import { arrivalsWaiting } from "./inbox_store.ts";

/**
 * What came in and waits must not fill the disk, whoever sends it and for whatever reason it waits. Where it is too
 * much no more is taken until some of it is done: whoever sends tries again later, so nothing is lost.
 */

interface Amount {
  activities: number;
  bytes: number;
}

/** What may wait: of one host, and of all together. */
export const mostWaiting: Record<"ofOne" | "ofAll", Amount> = {
  ofOne: { activities: 10_000, bytes: 50_000_000 },
  ofAll: { activities: 100_000, bytes: 500_000_000 },
};

/** Among the crowded hosts: every one of them is. */
const all = "*";

/** How long whoever is refused should wait. */
const pause = { seconds: 60 };

/** Looks how much waits; this process refuses accordingly until it looks again. */
export async function lookAtBacklog({ db, crowded }: Ctx, most = mostWaiting): Promise<void> {
  const hosts = await arrivalsWaiting(db);
  const together = hosts.reduce((sum, { activities, bytes }) => ({
    activities: sum.activities + activities,
    bytes: sum.bytes + bytes,
  }), { activities: 0, bytes: 0 });
  crowded.clear();
  if (isMore(together, most.ofAll)) crowded.add(all);
  for (const { host, ...amount } of hosts) if (isMore(amount, most.ofOne)) crowded.add(host);
}

/** Throws `TooMany` where no more of this host is taken for now. */
export function refuseIfCrowded({ crowded, now }: Ctx, host: string): void {
  if (!crowded.has(all) && !crowded.has(host)) return;
  throw new TooMany("Too much waits here already", now().add(pause));
}

function isMore(amount: Amount, most: Amount): boolean {
  return amount.activities >= most.activities || amount.bytes >= most.bytes;
}
