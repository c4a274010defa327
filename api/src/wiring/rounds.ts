/** What runs beside jobs for as long as the process does: works, then sleeps until more is due. */
export interface Running {
  /** There may be something new. */
  wake(): void;
  /** Lets what is under way end; the rest stays for others. */
  stop(): Promise<void>;
}

export interface Round {
  /** Does what is due, until nothing is left or `signal` says stop. */
  work(signal: AbortSignal): Promise<unknown>;
  /** When more is due; undefined where nothing waits. */
  nextAt(): Promise<Temporal.Instant | undefined>;
  now(): Temporal.Instant;
  /** Hears what went wrong; the next round begins a second later. */
  onError(error: unknown): void;
}

/** The longest sleep, in milliseconds: whatever wakes us otherwise, the table is looked at so often. */
const longestSleep = 30_000;

/** Works round after round until `stop` is called. */
export function keepGoing(round: Round): Running {
  const stopped = new AbortController();
  let alarm = Promise.withResolvers<void>();
  const wake = () => alarm.resolve();
  const ended = (async () => {
    while (!stopped.signal.aborted) {
      alarm = Promise.withResolvers<void>();
      try {
        await round.work(stopped.signal);
        if (!stopped.signal.aborted) await sleep(await untilNext(round), alarm.promise);
      } catch (error) {
        round.onError(error);
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

async function untilNext({ nextAt, now }: Round): Promise<number> {
  const next = await nextAt();
  if (!next) return longestSleep;
  return Math.min(longestSleep, Math.max(50, next.since(now()).total("milliseconds")));
}

async function sleep(milliseconds: number, alarm: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([alarm, new Promise((resolve) => timer = setTimeout(resolve, milliseconds))]);
  clearTimeout(timer);
}
