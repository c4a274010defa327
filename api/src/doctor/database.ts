import type { Config } from "../base/config.ts";
import { inBytes } from "../base/sizes.ts";
import { endOfAuthority } from "./certificates.ts";
import { bad, doubtful, type Finding, good } from "./finding.ts";
import type { Patient } from "./patient.ts";
import { bloated, type DatabaseState, databaseState, largestTables, missingExtensions } from "./store.ts";

/** What migrations make use of. */
const extensions = ["pg_trgm", "unaccent"];
/** Seconds between two clocks that nobody notices. */
const apart = 5;
/** Days before the end of an authority's certificate in which its successor should be known. */
const renewed = 30;

/** Version, connections, letters, size, what is slow, its clock, and whose certificate it has. */
export async function lookAtDatabase({ config, ctx, noCtx, now }: Patient): Promise<Finding[]> {
  const authority = await lookAtAuthority(config, now());
  if (!ctx) {
    return [bad("unreachable", "The database is out of reach", noCtx ?? "Check DATABASE_URL"), ...authority];
  }
  const before = now();
  const state = await databaseState(ctx.db);
  const found = [
    ...judge(state, config, before),
    ...lookAtExtensions(await missingExtensions(ctx.db, extensions)),
    ...lookAtDeadRows(await bloated(ctx.db)),
    ...lookAtSize(config, state.bytes, await largestTables(ctx.db)),
    ...authority,
  ];
  const summary = `PostgreSQL ${majorOf(state)}, ${inBytes(state.bytes)}, ${state.connections} of ${
    connectionsOf(state)
  } connections`;
  return found.length > 0 ? found : [good(summary)];
}

const majorOf = ({ version }: DatabaseState) => version / 10_000 | 0;
const connectionsOf = ({ maxConnections, reserved }: DatabaseState) => maxConnections - reserved;

/** What is to be said of a database that says this of itself at this moment of our clock. */
export function judge(
  state: DatabaseState,
  { pool }: Pick<Config, "pool">,
  at: Temporal.Instant,
): Finding[] {
  const found: Finding[] = [];
  if (state.version < 150_000) {
    found.push(bad("version", `PostgreSQL is ${majorOf(state)}`, "riff needs 15 or newer: upgrade it"));
  }
  const budget = 2 * pool.api + pool.worker + 2;
  const most = connectionsOf(state);
  if (budget > most) {
    found.push(bad(
      "pool",
      `DB_POOL_SIZE is ${budget}, and the database takes ${most} connections`,
      `Set DB_POOL_SIZE=${Math.max(10, Math.floor(most * 0.8))}, or take a larger database`,
    ));
  } else if (state.connections > most * 0.9) {
    found.push(doubtful(
      "connections",
      `${state.connections} of ${most} connections are taken`,
      "See who else uses the database, or lower DB_POOL_SIZE",
    ));
  }
  if (state.encoding !== "UTF8" || !state.knowsLetters) {
    found.push(bad(
      "letters",
      `The database keeps texts as ${state.encoding}, and ${
        state.knowsLetters ? "knows" : "does not know"
      } letters beyond A to Z`,
      "Make a new one (`create database riff encoding 'UTF8' locale 'C.UTF-8' template template0`), and move there by `riff backup` and `riff restore`",
    ));
  }
  if (state.slow + state.idle > 0) {
    found.push(doubtful(
      "slow",
      `${state.slow} statements run for more than 30 seconds, ${state.idle} transactions stand still`,
      "`select * from pg_stat_activity` says which; a larger database, if that is so every day",
    ));
  }
  const seconds = Math.abs(at.until(state.now).total("seconds"));
  if (seconds > apart) {
    found.push(bad(
      "clock",
      `This machine's clock and the database's are ${Math.round(seconds)} seconds apart`,
      "Let both keep time (`timedatectl set-ntp true`): other servers refuse what is signed at another time",
    ));
  }
  return found;
}

function lookAtExtensions(missing: string[]): Finding[] {
  if (missing.length === 0) return [];
  return [bad(
    "extensions",
    `There is no ${missing.join(", ")}, without which search does not work`,
    missing.map((name) => `create extension ${name};`).join(" "),
  )];
}

function lookAtDeadRows(tables: string[]): Finding[] {
  if (tables.length === 0) return [];
  const names = tables.join(", ");
  return [doubtful("dead-rows", `Much of ${names} is dead rows`, `Run \`vacuum analyze ${names}\``)];
}

/** How full its disk is, which only whoever took it can know. */
function lookAtSize(
  { databaseUrl, databaseBudget: budget }: Config,
  bytes: number,
  tables: { name: string; bytes: number }[],
): Finding[] {
  if (!budget) {
    return databaseUrl
      ? [doubtful(
        "no-budget",
        `The database is ${inBytes(bytes)}, and nobody has said how large it may become`,
        "Set DB_BUDGET_BYTES to the size of its disk, such as 10G",
      )]
      : []; // its disk is this machine's
  }
  if (bytes < budget * 0.8) return [];
  const share = `The database is ${inBytes(bytes)} of ${inBytes(budget)}`;
  const largest = tables.map((table) => `${table.name} ${inBytes(table.bytes)}`).join(", ");
  const mend = `Take a larger disk, and set DB_BUDGET_BYTES. The largest tables: ${largest}`;
  return [bytes < budget * 0.95 ? doubtful("fills", share, mend) : bad("full", share, mend)];
}

/** The certificate by which we know the database. Providers change theirs every few years. */
async function lookAtAuthority({ databaseCaFile }: Config, now: Temporal.Instant): Promise<Finding[]> {
  if (!databaseCaFile) return [];
  const end = endOfAuthority(await Deno.readTextFile(databaseCaFile).catch(() => ""));
  const mend = "Fetch the database's certificate from your provider anew, and let DATABASE_CA_FILE name it";
  if (!end) return [bad("no-authority", `There is no certificate in ${databaseCaFile}`, mend)];
  const days = now.until(end).total("hours") / 24;
  if (days > renewed) return [];
  const what = `The certificate in ${databaseCaFile} ends on ${end.toString().slice(0, 10)}`;
  return [days > 0 ? doubtful("authority-ends", what, mend) : bad("authority-ended", what, mend)];
}
