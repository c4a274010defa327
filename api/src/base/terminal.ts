import type { Command } from "commander";
import type { Ctx } from "./ctx.ts";

/** What commands of the admin's terminal are given, and what they give back: `commands.ts` of the nouns use it. */

/** The server, and whoever sits before it. */
export interface Terminal {
  ctx: Ctx;
  /** Tells how far something is that takes its time. */
  say(line: string): void;
  /** What is piped in, without the end of the line. Throws `Misuse` where somebody would have to type it in sight. */
  readSecret(): Promise<string>;
  /** Has somebody type this word. Throws `Misuse` where nobody is there, `Invalid` where they type something else. */
  confirm(question: string, word: string): Promise<void>;
}

/** What a command did: for people a few lines, what to do next among them; for programs (`--json`) the same. */
export interface Outcome {
  lines: string[];
  json: unknown;
  /** It was to look for something, and found it: exit 1. */
  hasFound?: boolean;
}

/** A command was called in a way that makes no sense. The message says which way does. */
export class Misuse extends Error {
  override name = "Misuse";
}

/** Makes of a command's function what commander calls: `args` are the command's arguments, then its options. */
export type Run = <Args extends unknown[]>(
  command: (terminal: Terminal, ...args: Args) => Promise<Outcome>,
) => (...args: Args) => Promise<void>;

/** A noun's door for commands: adds its own to `riff`. */
export type Commands = (riff: Command, run: Run) => void;

/** How a command is typed: for help, and for hints at what to do next. */
export const invocation = "deno task riff";

/** Help with examples at its end, for `addHelpText("after", …)`. */
export function examples(...commands: string[]): string {
  return `\nFor example:\n${commands.map((command) => `  ${invocation} ${command}`).join("\n")}\n`;
}

/** Columns for people, each as wide as its widest word. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ").trimEnd());
}
