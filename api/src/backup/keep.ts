/** How many backups stay: of the last days, weeks and months that have one, the newest of each. */
export interface Keep {
  days: number;
  weeks: number;
  months: number;
}

/** Which of these times are kept. The newest always is. */
export function kept(times: readonly Temporal.Instant[], keep: Keep): Set<Temporal.Instant> {
  const newestFirst = times.toSorted((one, other) => Temporal.Instant.compare(other, one));
  const chosen = new Set(newestFirst.slice(0, 1));
  const spans: [number, (day: Temporal.PlainDate) => string][] = [
    [keep.days, (day) => day.toString()],
    [keep.weeks, (day) => `${day.yearOfWeek}-${day.weekOfYear}`],
    [keep.months, (day) => day.toPlainYearMonth().toString()],
  ];
  for (const [count, spanOf] of spans) {
    const seen = new Set<string>();
    for (const time of newestFirst) {
      const span = spanOf(time.toZonedDateTimeISO("UTC").toPlainDate());
      if (seen.has(span)) continue;
      if (seen.size === count) break;
      seen.add(span);
      chosen.add(time);
    }
  }
  return chosen;
}
