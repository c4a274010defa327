import process from "node:process";
import { createInterface } from "node:readline/promises";
import { type Console, runCommand } from "./wiring/command_line.ts";
import { openPremises } from "./wiring/premises.ts";
import { say } from "./wiring/process.ts";

/** The admin's terminal: `deno task riff --help`. */
const terminal: Console = {
  out: (lines) => console.log(lines),
  err: say,
  isKeyboard: Deno.stdin.isTerminal(),
  readAll: () => new Response(Deno.stdin.readable).text(),
  ask: async (question) => {
    using lines = createInterface({ input: process.stdin, output: process.stderr });
    return await lines.question(question);
  },
};

const premises = openPremises(() => Deno.env.toObject(), sayIfItTakesLong(1_000));
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, async () => {
    await premises[Symbol.asyncDispose](); // a database that was started for this command must not stay behind
    Deno.exit(130);
  });
}
const code = await runCommand(Deno.args, premises, terminal);
await premises[Symbol.asyncDispose]();
Deno.exit(code);

/** Says nothing for so many milliseconds, then all of it: most commands are over before anybody wonders. */
function sayIfItTakesLong(milliseconds: number): (line: string) => void {
  const withheld: string[] = [];
  let isLong = false;
  const timer = setTimeout(() => {
    isLong = true;
    for (const line of withheld) say(line);
  }, milliseconds);
  Deno.unrefTimer(timer);
  return (line) => isLong ? say(line) : withheld.push(line);
}
