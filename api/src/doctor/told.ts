import { type Outcome } from "../base/terminal.ts";
import type { Examined } from "./examine.ts";

const marks: Record<Examined["level"], string> = { good: "ok  ", doubtful: "hm  ", bad: "BAD " };

/** What was found as the outcome of a command: exit 1 where anything is bad, 0 where it is good or only doubtful. */
export function told(findings: readonly Examined[]): Outcome {
  const lines = findings.flatMap(({ area, level, what, mend }) => [
    `${marks[level]}${area}: ${what}`,
    ...(mend ? [`      ${mend}`] : []),
  ]);
  const count = (level: Examined["level"]) => findings.filter((one) => one.level === level).length;
  const [bad, doubtful] = [count("bad"), count("doubtful")];
  return {
    lines: [...lines, bad + doubtful === 0 ? "All is well" : `${bad} bad, ${doubtful} doubtful`],
    json: { bad, doubtful, findings },
    hasFound: bad > 0,
  };
}
