import type { Command } from "commander";
import { examples, type Outcome } from "../base/terminal.ts";
import type { Premises } from "./premises.ts";

/** `riff migrate`: the one command that needs no server yet, only its database. */
export function migrateCommand(riff: Command, premises: Premises, tell: (outcome: Outcome) => void): void {
  riff.command("migrate").description("bring the database up to date with this version of riff")
    .addHelpText("after", examples("migrate", "migrate --json"))
    .action(async () => {
      const migrations = await premises.migrate();
      tell({
        lines: [
          migrations.length > 0
            ? `The database is up to date now: ${migrations.join(", ")}`
            : "The database is up to date: nothing to do",
        ],
        json: { migrations },
      });
    });
}
