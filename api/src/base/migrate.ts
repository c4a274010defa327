import pg from "pg";

/** Numbered SQL files, forward only; each opens with its reason. */
const folder = new URL("../../migrations/", import.meta.url);

/** Any number, but always the same: two that migrate at once take turns. */
const lock = 7_249_105;

/** A migration as it lies on disk. */
interface Migration {
  number: number;
  name: string;
  text: string;
}

export interface MigrateOptions {
  /** PEM of the CA that signed the database's certificate. */
  ca?: string;
  /** Hears one line per migration. */
  say?: (line: string) => void;
  /** Only these, by name: the schema that a backup was made of. */
  only?: readonly string[];
}

/**
 * Brings the database to the present schema, ours and the job queue's, and answers the names of our migrations that
 * were missing. Takes one connection.
 */
export async function migrate(databaseUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    ssl: options.ca ? { ca: options.ca } : undefined,
    application_name: "riff migrate",
    max: 1,
  });
  // Whatever was running then rejects with the same.
  pool.on("error", () => {}).on("connect", (client) => client.on("error", () => {}));
  try {
    const missing = await migrateOurs(pool, options);
    await migrateJobs(pool);
    return missing;
  } finally {
    await pool.end();
  }
}

async function migrateOurs(pool: pg.Pool, { say, only }: MigrateOptions): Promise<string[]> {
  const client = await pool.connect();
  try {
    // Held until the pool ends: the queue's migrations take the same connection.
    await client.query("select pg_advisory_lock($1)", [lock]);
    await client.query(`create table if not exists migrations (
      number integer primary key, name text not null, applied_at timestamptz not null default now())`);
    const { rows } = await client.query<{ number: number }>("select number from migrations");
    const applied = new Set(rows.map((row) => row.number));
    const missing = (await migrations()).filter(({ number, name }) =>
      !applied.has(number) && (!only || only.includes(name))
    );
    for (const migration of missing) await apply(client, migration, say);
    return missing.map(({ name }) => name);
  } finally {
    client.release();
  }
}

async function apply(
  client: pg.ClientBase,
  migration: Migration,
  say?: (line: string) => void,
): Promise<void> {
  say?.(`Migration ${migration.name}`);
  await client.query("begin");
  try {
    await client.query(migration.text);
    await client.query("insert into migrations (number, name) values ($1, $2)", [
      migration.number,
      migration.name,
    ]);
    await client.query("commit");
  } catch (cause) {
    await client.query("rollback");
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Migration ${migration.name} failed, and nothing of it was kept: ${reason}`, { cause });
  }
}

/** The queue's own. Loaded here, because API processes have no other use for it. */
async function migrateJobs(pgPool: pg.Pool): Promise<void> {
  const { runMigrations } = await import("graphile-worker");
  await runMigrations({ pgPool });
}

async function migrations(): Promise<Migration[]> {
  const found: Migration[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    const number = Number(name.match(/^(\d{4})_\w+\.sql$/)?.[1]);
    if (number) found.push({ number, name, text: await Deno.readTextFile(new URL(name, folder)) });
  }
  return found.sort((a, b) => a.number - b.number);
}

/** The names of all migrations that this code knows, in their order. */
export async function knownMigrations(): Promise<string[]> {
  return (await migrations()).map(({ name }) => name);
}

/** The number of the newest migration that this code knows. */
export async function newestMigration(): Promise<number> {
  return (await migrations()).at(-1)?.number ?? 0;
}

/** The number of the newest migration in this database; 0 where there is none yet. */
export async function appliedMigration(pool: pg.Pool): Promise<number> {
  const { rows: [there] } = await pool.query("select to_regclass('migrations') is not null as known");
  if (!there.known) return 0;
  const { rows: [newest] } = await pool.query("select coalesce(max(number), 0) as number from migrations");
  return newest.number;
}
