import assert from "node:assert/strict";
import { kept } from "./keep.ts";

/** A backup a day, the newest last, at three in the morning. */
function daily(first: string, count: number): Temporal.Instant[] {
  const start = Temporal.Instant.from(`${first}T03:00:00Z`);
  return Array.from({ length: count }, (_, day) => start.add({ hours: 24 * day }));
}

function days(times: readonly Temporal.Instant[], keep: Parameters<typeof kept>[1]): string[] {
  return Array.from(kept(times, keep), (time) => time.toString().slice(0, 10)).sort();
}

Deno.test("of the last days, weeks and months the newest backup of each stays", () => {
  const year = daily("2026-01-01", 90);
  assert.deepEqual(days(year, { days: 3, weeks: 0, months: 0 }), ["2026-03-29", "2026-03-30", "2026-03-31"]);
  assert.deepEqual(days(year, { days: 0, weeks: 3, months: 0 }), ["2026-03-22", "2026-03-29", "2026-03-31"]);
  assert.deepEqual(days(year, { days: 0, weeks: 0, months: 6 }), ["2026-01-31", "2026-02-28", "2026-03-31"]);
  assert.equal(days(year, { days: 7, weeks: 4, months: 6 }).length, 7 + 2 + 2);
});

Deno.test("days without a backup don't count, and the newest one always stays", () => {
  const sparse = ["2025-03-01", "2025-11-30", "2026-03-31"].flatMap((day) => daily(day, 1));
  assert.deepEqual(days(sparse, { days: 2, weeks: 0, months: 0 }), ["2025-11-30", "2026-03-31"]);
  assert.deepEqual(days(sparse, { days: 0, weeks: 0, months: 0 }), ["2026-03-31"]);
  assert.deepEqual(days([], { days: 7, weeks: 4, months: 6 }), []);
});

Deno.test("several backups of a day are thinned out to its last one", () => {
  const morning = daily("2026-03-30", 2);
  const evening = morning.map((time) => time.add({ hours: 12 }));
  const stay = kept([...morning, ...evening], { days: 7, weeks: 4, months: 6 });
  assert.deepEqual([...stay].map(String).sort(), ["2026-03-30T15:00:00Z", "2026-03-31T15:00:00Z"]);
});
