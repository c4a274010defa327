import type { generator } from "./load.ts";
import type { Result } from "./rounds.ts";

/** A single figure and what it is to stay under. Undefined where it can't be had on this machine. */
export interface Figure {
  name: string;
  value?: number;
  unit: "ms" | "MB";
  goal: number;
  isMet?: boolean;
}

export function figure(name: string, value: number | undefined, unit: Figure["unit"], goal: number): Figure {
  return { name, value, unit, goal, isMet: value === undefined ? undefined : value <= goal };
}

/** All that was found out, as it goes to JSON. */
export interface Report {
  at: string;
  /** Who ran on which core. */
  cores: string;
  generator: typeof generator;
  results: Result[];
  figures: Figure[];
}

/** The report as a table for people. */
export function table({ cores, generator, results, figures }: Report): string {
  return [
    `${cores}; load by ${generator}; medians`,
    "CPU: % of a core that the server, the database and the load took; and ms a request of the first two",
    "",
    line("", "a second", "p50 ms", "p99 ms", "of base", "server", "database", "load", "server", "database"),
    ...results.flatMap(resultLines),
    "",
    ...figures.map(({ name, value, unit, goal, isMet }) =>
      line(name, value === undefined ? "-" : `${Math.round(value)} ${unit}`) +
      verdict(`<= ${goal} ${unit}`, isMet)
    ),
  ].join("\n");
}

function resultLines({ title, perSecond, p50, p99, ratio, cpu, goal, isMet, failures }: Result): string[] {
  const written = (value: number | undefined, digits: number, unit = "") =>
    value === undefined ? "-" : value.toFixed(digits) + unit;
  const cells = [
    ...[written(perSecond, 0), written(p50, 1), written(p99, 1), written(ratio, 3)],
    ...[cpu.server, cpu.database, cpu.load].map((share) => written(share && share * 100, 0, "%")),
    ...[cpu.server, cpu.database].map((share) => written(share && share * 1000 / perSecond, 2, "ms")),
  ];
  const aim = goal && `>= ${goal.perSecond}${goal.p99 ? `, p99 < ${goal.p99}` : ""}`;
  return [
    line(title, ...cells) + (aim ? verdict(aim, isMet) : ""),
    ...failures > 0 ? [`  ${failures} requests failed`] : [],
  ];
}

function line(title: string, ...cells: string[]): string {
  return title.padEnd(38) + cells.map((cell) => cell.padStart(9)).join("");
}

function verdict(goal: string, isMet: boolean | undefined): string {
  return `  ${isMet === undefined ? "" : isMet ? "met:" : "MISSED:"} ${goal}`;
}
