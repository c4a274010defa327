import { runCommand } from "../src/wiring/command_line.ts";
import { openPremises, type Premises } from "../src/wiring/premises.ts";
import type { World } from "./world.ts";

/** Who sits at the terminal: `stdin` is piped in, or else `keyboard` is what somebody types, line by line. */
export interface Sitting {
  stdin?: string;
  keyboard?: string[];
}

/** Runs `accounts list` or any other command of `riff`, and answers all that it said. */
export async function typed(
  command: string,
  premises: Premises,
  { stdin = "", keyboard }: Sitting = {},
): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const args = Array.from(command.matchAll(/"([^"]*)"|\S+/g), ([word, quoted]) => quoted ?? word);
  const code = await runCommand(args, premises, {
    out: (lines) => out.push(lines),
    err: (lines) => err.push(lines),
    isKeyboard: keyboard !== undefined,
    readAll: () => Promise.resolve(stdin),
    ask: () => Promise.resolve(keyboard?.shift() ?? ""),
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** A world as a command in a process of its own would find it. */
export function premisesOf({ ctx, pool }: World, settings: Record<string, string> = {}): Premises {
  const { connectionString } = pool.options as { connectionString: string };
  const found = { DATABASE_URL: connectionString, SECRET_KEY: ctx.config.secretKey, ...settings };
  return openPremises(() => found, () => {});
}
