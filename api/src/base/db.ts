import { Kysely, PostgresDialect, type PostgresPoolClient, type RawBuilder, sql } from "kysely";
import pg from "pg";
import type { Ctx } from "./ctx.ts";
import { preparing } from "./prepared.ts";

/** Kysely on a pool or on a transaction. Queries are written with its `sql` template: rows are typed there. */
// deno-lint-ignore no-explicit-any
export type Db = Kysely<any>;

/** How to reach PostgreSQL, and how much of it this process may take. */
export interface DbOptions {
  url: string;
  /** PEM of the CA that signs the server's certificate; checking is never switched off. */
  ca?: string;
  connections: number;
  /** What `pg_stat_activity` shows. */
  name: string;
  /**
   * Commits don't wait for the disk. A database that crashes then loses the last half second of what came this way,
   * newest first: good for work that is noted as done this way too, because it is then simply done again.
   */
  isHasty?: boolean;
  /**
   * Statements go by indexes wherever there is one: else a plan that was made while a table was empty would read the
   * whole of it, however large it has become. Good for requests; bad for chores that do go through whole tables.
   */
  goesByIndex?: boolean;
  /** Hears of connections that broke while idle: they are replaced, but somebody should know. */
  onError: (error: Error) => void;
}

/** Milliseconds after which a statement is given up: nothing that a request waits for takes this long. */
const statementTimeout = 30_000;
const idleInTransactionTimeout = 30_000;

const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => instant(text));
types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** PostgreSQL's `2026-11-23 10:00:00.123+00` as an instant. */
function instant(text: string): Temporal.Instant {
  return Temporal.Instant.from(text.replace(" ", "T"));
}

/** A pool of connections. `pool.totalCount` is for gauges; queries go through `connectDb`. */
export function openPool(options: DbOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    ssl: options.ca ? { ca: options.ca } : undefined,
    max: options.connections,
    application_name: options.name,
    statement_timeout: statementTimeout,
    idle_in_transaction_session_timeout: idleInTransactionTimeout,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    types,
    options: sessionSettings(options),
  });
  const onError = (error: Error) => {
    if (!pool.ending) options.onError(error); // then it is all one how a connection ends
  };
  pool.on("error", onError);
  // One that breaks while it is lent fails its query; without a listener it would take the process along.
  pool.on("connect", (client) => client.on("error", onError));
  return pool;
}

function sessionSettings({ isHasty, goesByIndex }: DbOptions): string {
  return [
    // Planning anew for the values of each time takes longer than most statements run.
    "-c plan_cache_mode=force_generic_plan",
    ...(isHasty ? ["-c synchronous_commit=off"] : []),
    // Such a statement seems so dear to PostgreSQL before 18, if it does go through a table, that it would be compiled first.
    ...(goesByIndex ? ["-c enable_seqscan=off", "-c jit=off"] : []),
  ].join(" ");
}

/**
 * A connection outside of every pool, for what streams a whole database: no statement of it is too slow. `pool` says
 * where. Whoever takes it ends it.
 */
export async function connectAlone(pool: pg.Pool, name: string): Promise<pg.Client> {
  const { connectionString, ssl } = pool.options;
  return await connectTo({ url: connectionString!, ssl, name });
}

/** The same for whoever has no pool yet. */
export async function connectTo(
  { url, ca, ssl, name }: Pick<DbOptions, "url" | "ca" | "name"> & Pick<pg.PoolConfig, "ssl">,
): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    ssl: ca ? { ca } : ssl,
    application_name: name,
    connectionTimeoutMillis: 10_000,
    types,
  });
  client.on("error", () => {}); // the query that was running rejects with the same
  await client.connect();
  return client;
}

/**
 * Kysely on this pool. Every statement is prepared once per connection: planning costs more than running.
 * `onQuery` hears of each statement.
 */
export function connectDb(pool: pg.Pool, onQuery?: () => void): Db {
  const connections = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const connect = async () => {
    const client = await pool.connect();
    const known = connections.get(client) ?? preparing(client);
    connections.set(client, known);
    return known;
  };
  return new Kysely({
    log: onQuery && (() => onQuery()),
    dialect: new PostgresDialect({ pool: { options: {}, connect, end: () => pool.end() } }),
  });
}

/** Runs `work` in one transaction; what it throws rolls everything back. No network in here: fetch first. */
export function transaction<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return work(ctx);
  return ctx.db.transaction().execute((db) => work({ ...ctx, db }));
}

/**
 * Has PostgreSQL plan what `work` asks for the values of this time (docs/decisions/0009): for statements whose best way
 * depends on them, such as rare and frequent words, and beginnings of names.
 */
export function plannedForValues<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (within) => {
    await sql`set local plan_cache_mode = force_custom_plan`.execute(within);
    return await work(within);
  });
}

/**
 * `exists (...)` that looks by index, each time for the row at hand. Without `offset 0` PostgreSQL may read once all
 * that such rows could ask for and keep it (all that ever mentioned the viewer), if that seemed little when the
 * statement was planned: on a new server everything seems little.
 */
export function isThere(query: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`exists (${query} offset 0)`;
}

/** Whether this is PostgreSQL saying that a unique key (of this name, if given) is taken. */
export function isTaken(error: unknown, constraint?: string): boolean {
  const { code, constraint: violated } = error as { code?: string; constraint?: string };
  return code === "23505" && (constraint === undefined || violated === constraint);
}
