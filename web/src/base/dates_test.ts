import assert from "node:assert/strict";
import { ago, agoInWords, inFull, inMonth, onDate, spanInWords, untilInWords } from "./dates.ts";

const now = Temporal.Instant.from("2026-03-12T14:05:00Z");

Deno.test("how long ago something was is told as short as can be", () => {
  for (
    const [at, short, words] of [
      ["2026-03-12T14:04:31Z", "now", "now"],
      ["2026-03-12T14:09:00Z", "now", "now"],
      ["2026-03-12T14:04:00Z", "1m", "1 minute ago"],
      ["2026-03-12T13:05:01Z", "59m", "59 minutes ago"],
      ["2026-03-12T13:05:00Z", "1h", "1 hour ago"],
      ["2026-03-11T14:05:00Z", "1d", "yesterday"],
      ["2026-03-06T14:05:00Z", "6d", "6 days ago"],
      ["2026-03-05T14:05:00Z", "5 Mar", "5 Mar 2026"],
      ["2025-12-31T23:59:59Z", "31 Dec 2025", "31 Dec 2025"],
    ] as const
  ) {
    assert.equal(ago(at, now, "en", "now"), short, at);
    assert.equal(agoInWords(at, now, "en"), words, at);
  }
});

Deno.test("how long something lasts, and until when, is told in the largest unit that fits", () => {
  for (
    const [at, words] of [
      ["2026-03-12T14:05:10Z", "in 1 minute"],
      ["2026-03-12T14:35:00Z", "in 30 minutes"],
      ["2026-03-12T17:04:00Z", "in 3 hours"],
      ["2026-03-13T14:05:00Z", "tomorrow"],
      ["2026-04-11T14:05:00Z", "in 30 days"],
    ] as const
  ) assert.equal(untilInWords(at, now, "en"), words, at);
  assert.deepEqual(
    [300, 3600, 21_600, 86_400, 604_800].map((seconds) => spanInWords(seconds, "en")),
    ["5 minutes", "1 hour", "6 hours", "1 day", "7 days"],
  );
});

Deno.test("dates are told in UTC, the day before the month", () => {
  assert.equal(inFull("2026-03-12T23:30:00Z", "en"), "12 March 2026 at 23:30");
  assert.equal(onDate("2026-03-12T23:30:00Z", "en"), "12 Mar 2026");
  assert.equal(inMonth("2026-03-31T23:30:00Z", "en"), "March 2026");
  assert.equal(onDate("2026-03-12T23:30:00Z", "de"), "12. März 2026");
});
