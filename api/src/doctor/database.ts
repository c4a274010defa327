import { inBytes } from "../base/sizes.ts";
import { bad, doubtful, type Finding, good } from "./finding.ts";
import type { Patient } from "./patient.ts";
import { bloated, databaseState, missingExtensions } from "./store.ts";

/** What migrations make use of. */
const extensions = ["pg_trgm", "unaccent"];
/** Seconds between two clocks that nobody notices. */
const apart = 5;

/** Version, connections, letters, size, what is slow, and its clock. */
export async function lookAtDatabase({ config, ctx, noCtx, now }: Patient): Promise<Finding[]> {
  if (!ctx) return [bad("The database is out of reach", noCtx ?? "Check DATABASE_URL")];
  const before = now();
  const state = await databaseState(ctx.db);
  const found: Finding[] = [];
  if (state.version < 150_000) {
    found.push(bad(`PostgreSQL is ${state.version / 10_000 | 0}`, "riff needs 15 or newer: upgrade it"));
  }
  const budget = 2 * config.pool.api + config.pool.worker + 2;
  const most = state.maxConnections - state.reserved;
  if (budget > most) {
    found.push(bad(
      `DB_POOL_SIZE is ${budget}, and the database takes ${most} connections`,
      `Set DB_POOL_SIZE=${Math.max(10, Math.floor(most * 0.8))}, or take a larger database`,
    ));
  } else if (state.connections > most * 0.9) {
    found.push(doubtful(
      `${state.connections} of ${most} connections are taken`,
      "See who else uses the database, or lower DB_POOL_SIZE",
    ));
  }
  const missing = await missingExtensions(ctx.db, extensions);
  if (missing.length > 0) {
    found.push(bad(
      `There is no ${missing.join(", ")}, without which search does not work`,
      missing.map((name) => `create extension ${name};`).join(" "),
    ));
  }
  if (state.encoding !== "UTF8" || !state.knowsLetters) {
    found.push(bad(
      `The database keeps texts as ${state.encoding}, and ${
        state.knowsLetters ? "knows" : "does not know"
      } letters beyond A to Z`,
      "Make a new one (`create database riff encoding 'UTF8' locale 'C.UTF-8' template template0`), and move there by `riff backup` and `riff restore`",
    ));
  }
  if (state.slow + state.idle > 0) {
    found.push(doubtful(
      `${state.slow} statements run for more than 30 seconds, ${state.idle} transactions stand still`,
      "`select * from pg_stat_activity` says which; a larger database, if that is so every day",
    ));
  }
  const tables = await bloated(ctx.db);
  if (tables.length > 0) {
    found.push(
      doubtful(`Much of ${tables.join(", ")} is dead rows`, `Run \`vacuum analyze ${tables.join(", ")}\``),
    );
  }
  const seconds = Math.abs(before.until(state.now).total("seconds"));
  if (seconds > apart) {
    found.push(bad(
      `This machine's clock and the database's are ${Math.round(seconds)} seconds apart`,
      "Let both keep time (`timedatectl set-ntp true`): other servers refuse what is signed at another time",
    ));
  }
  const summary = `PostgreSQL ${state.version / 10_000 | 0}, ${
    inBytes(state.bytes)
  }, ${state.connections} of ${most} connections`;
  return found.length > 0 ? found : [good(summary)];
}
