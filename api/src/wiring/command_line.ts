import { getLogger } from "@logtape/logtape";
import { Command, CommanderError } from "commander";
import { BadSettings } from "../base/config.ts";
import { Invalid, Refusal } from "../base/errors.ts";
import { examples, invocation, Misuse, type Outcome, type Run, type Terminal } from "../base/terminal.ts";
import { version } from "../base/version.ts";
import { commands } from "./commands.ts";
import { doctorCommand } from "./doctor_command.ts";
import { explain } from "./explain.ts";
import { migrateCommand } from "./migrate_command.ts";
import type { Premises } from "./premises.ts";
import { restoreCommand } from "./restore_command.ts";

/** Where a command reads and writes. */
export interface Console {
  /** One or more lines to stdout, and to stderr. */
  out(lines: string): void;
  err(lines: string): void;
  /** Whether a person sits at stdin. */
  isKeyboard: boolean;
  /** All that is piped in. */
  readAll(): Promise<string>;
  /** What the person types, after this question. */
  ask(question: string): Promise<string>;
}

/**
 * Runs one command of the admin's terminal and answers its exit code: 0 done, 1 refused, failed or found something, 2 misuse. With
 * `--json` stdout holds one JSON value and nothing else, `{ "error": … }` where nothing was done.
 */
export async function runCommand(args: string[], premises: Premises, console: Console): Promise<number> {
  const asJson = args.includes("--json");
  let hasFound = false;
  const tell = (outcome: Outcome) => {
    console.out(asJson ? JSON.stringify(outcome.json, null, 2) : outcome.lines.join("\n"));
    hasFound = outcome.hasFound ?? false;
  };
  const run: Run = (command) => async (...given) => {
    tell(await command({ ctx: await premises.ctx(), ...handlesOf(console) }, ...given));
  };
  const riff = program(console);
  for (const door of commands) door(riff, run);
  migrateCommand(riff, premises, tell);
  doctorCommand(riff, premises, tell);
  restoreCommand(riff, premises, handlesOf(console), tell);
  try {
    await riff.parseAsync(args, { from: "user" });
    return hasFound ? 1 : 0;
  } catch (error) {
    const { code, reason, isTold } = failure(error);
    if (code === 0) return 0;
    if (!isTold) console.err(reason);
    if (asJson) console.out(JSON.stringify({ error: reason }));
    return code;
  }
}

/** The program without its commands. What commander has to say goes to the console; it never ends the process. */
function program(console: Console): Command {
  return new Command(invocation)
    .description("Run a riff server from its terminal: `.env` and the environment say which.")
    .version(version, "--version", "show which version of riff this is")
    .helpOption("-h, --help", "show how it is used, for any command")
    .option("--json", "answer in JSON, for programs")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => console.out(text.trimEnd()),
      writeErr: (text) => console.err(text.trimEnd()),
    })
    .showHelpAfterError("Add --help to see how it is used.")
    .exitOverride()
    .addHelpText(
      "after",
      examples(
        "accounts create alice --email alice@mail.example --role admin",
        "accounts list --json",
        "signups closed",
      ) +
        "\nExit codes: 0 done, 1 refused, failed or found something, 2 misuse.\n",
    );
}

function handlesOf(console: Console): Omit<Terminal, "ctx"> {
  return {
    say: (line) => console.err(line),
    readSecret: async () => {
      if (console.isKeyboard) {
        throw new Misuse(
          "Pipe the password in, so that nobody reads it over your shoulder: `... < password.txt`",
        );
      }
      return (await console.readAll()).replace(/\r?\n$/, "");
    },
    confirm: async (question, word) => {
      if (!console.isKeyboard) throw new Misuse("Nobody is here to ask whether you are sure: add --yes");
      if (await console.ask(`${question} (${word}): `) !== word) {
        throw new Invalid("That is not it: nothing was done");
      }
    },
  };
}

interface Failure {
  code: number;
  reason: string;
  /** Whether commander has told it already. */
  isTold?: true;
}

function failure(error: unknown): Failure {
  if (error instanceof CommanderError) {
    return { code: error.exitCode && 2, reason: error.message.replace(/^error: /, ""), isTold: true };
  }
  if (error instanceof Misuse || error instanceof BadSettings) return { code: 2, reason: error.message };
  if (error instanceof Refusal) return { code: 1, reason: sentences(error) };
  getLogger("riff").debug("This is where", { error });
  return { code: 1, reason: explain(error) };
}

/** What is wrong with each of the things that were said, where the refusal knows that. */
function sentences(error: Refusal): string {
  const details = error instanceof Invalid ? Object.values(error.details ?? {}).flat() : [];
  return details.length > 0 ? details.map(({ description }) => description).join(" ") : error.message;
}
