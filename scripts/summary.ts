/** How a run of `deno test` went. */
export interface Summary {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Reads the last `ok | 12 passed (3 steps) | 0 failed | 1 ignored (2s)` of what `deno test` wrote. Where it is
 * missing, something broke before the tests could be counted: that is a failure.
 */
export function readSummary(output: string): Summary {
  // deno-lint-ignore no-control-regex
  const plain = output.replaceAll(/\x1b\[[0-9;]*m/g, "");
  const line = plain.match(/^(?:ok|FAILED) \| \d+ passed.*$/gm)?.at(-1);
  if (!line) return { passed: 0, failed: 1, skipped: 0 };
  const count = (what: string) => Number(line.match(`(\\d+) ${what}`)?.[1] ?? 0);
  return { passed: count("passed"), failed: count("failed"), skipped: count("ignored") };
}

/** `12 passed, 0 failed`, as CI reads it. */
export function showSummary({ passed, failed, skipped }: Summary): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}
