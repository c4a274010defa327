import assert from "node:assert/strict";
import { readSummary, showSummary } from "./summary.ts";

const cases = [
  ["ok | 12 passed | 0 failed (2s)", "12 passed, 0 failed"],
  ["ok | 1 passed (3 steps) | 0 failed | 4 ignored | 9 filtered out (36ms)", "1 passed, 0 failed, 4 skipped"],
  ["FAILED | 10 passed (1 step) | 2 failed (1 step) (13ms)", "10 passed, 2 failed"],
  ["\x1b[31mFAILED\x1b[0m | 0 passed | 1 failed \x1b[38;5;245m(1ms)\x1b[0m", "0 passed, 1 failed"],
  [
    "ok | 5 passed | 0 failed (a test wrote this)\n\nFAILED | 6 passed | 1 failed (1s)\n",
    "6 passed, 1 failed",
  ],
  ["error: No test modules found", "0 passed, 1 failed"],
  ["", "0 passed, 1 failed"],
] as const;

Deno.test("the tests' last line says what deno counted, and a run that broke down has failed", () => {
  for (const [output, line] of cases) assert.equal(showSummary(readSummary(output)), line, output);
});
