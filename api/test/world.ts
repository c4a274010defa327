import pg from "pg";
import type { Account } from "../src/accounts/account.ts";
import { signUp } from "../src/auth/sign_up.ts";
import type { Scope } from "../src/auth/scopes.ts";
import { issueToken } from "../src/auth/tokens.ts";
import { type Environment, readConfig } from "../src/base/config.ts";
import type { Ctx } from "../src/base/ctx.ts";
import { connectDb, openPool } from "../src/base/db.ts";
import { guardedHttp } from "../src/base/http.ts";
import { openLog } from "../src/base/log.ts";
import type { Programs } from "../src/base/programs.ts";
import { Courier } from "../src/delivery/courier.ts";
import { rememberIdentity } from "../src/instance/identity.ts";
import { carryMails } from "../src/mail/postman.ts";
import { type Way, wayOf } from "../src/mail/way.ts";
import { boot } from "../src/wiring/boot.ts";
import { workOnce } from "../src/wiring/jobs.ts";
import { letters } from "../src/wiring/letters.ts";
import { receiveOnce } from "../src/wiring/receiving.ts";
import { listen } from "../src/wiring/serving.ts";
import { type Answer, Person, request } from "./person.ts";
import { nextRsaPair } from "./rsa_pairs.ts";

/** A whole server on a database of its own, cloned from the migrated template. `deno task test` provides both. */
export interface World extends AsyncDisposable {
  ctx: Ctx;
  pool: pg.Pool;
  /** Where it listens, such as `http://127.0.0.1:40123`. */
  url: string;
  /** Its database's name, for a second process on the same: `newWorld({ database })`. */
  database: string;
  /** A local member with a token that may do everything. The same name again is the same person. */
  person(name: string, options?: PersonOptions): Promise<Person>;
  /** A request of a stranger. */
  visit(path: string, init?: RequestInit): Promise<Answer>;
  /** Does all that is due, here and in every other world of this test, until nothing is left. */
  settle(): Promise<void>;
  /** How many statements `work` sends to the database, with those that nobody waits for. */
  countQueries(work: () => Promise<unknown>): Promise<number>;
  /** Moves this world's clock forward. */
  pass(duration: Temporal.DurationLike): void;
}

export interface WorldOptions {
  /** The host in BASE_URL; chosen if not given. */
  name?: string;
  settings?: Environment;
  /** The programs of its machine; those of this one, unless told. */
  programs?: Programs;
  /** How its mails leave; as the settings say, unless told. */
  mailsGo?: Way;
  /** Another world's database: a second process of the same server. */
  database?: string;
}

export interface PersonOptions {
  scopes?: string;
  role?: "member" | "moderator" | "admin";
}

/** Where the worlds of this test process listen: their guarded clients find each other by it. */
export const hosts = new Map<string, { hostname: string; port: number }>();
/** Worlds that have begun and not ended. */
const living = new Set<Pick<World, "ctx" | "pool"> & { way: Way }>();
let born = 0;

/** Makes a world. Use `await using`: it goes with its database when the test ends. */
export async function newWorld(options: WorldOptions = {}): Promise<World> {
  openLog("error");
  const number = ++born;
  const name = options.name ?? `riff-${number}.test`;
  const folder = await Deno.makeTempDir({ prefix: "riff-world-" });
  const config = readConfig({
    BASE_URL: `http://${name}`,
    DATA_DIR: folder,
    ALLOW_LOOPBACK: ".test",
    RATE_LIMITS: "off",
    SECRET_KEY: "a secret key that only tests know, long enough",
    DB_POOL_SIZE: "22",
    ...options.settings,
  });
  const database = options.database ?? await cloneTemplate(`riff_${crypto.randomUUID().slice(0, 13)}`);
  const pool = openPool({
    url: urlOf(database),
    connections: config.pool.api,
    name,
    goesByIndex: true,
    onError: () => {},
  });
  let queries = 0;
  let passed = Temporal.Duration.from({ seconds: 0 });
  const booted = boot(config, {
    pool,
    secretKey: config.secretKey!,
    programs: options.programs,
    http: guardedHttp({ allowLoopback: config.allowLoopback, userAgent: "riff/test", hosts }),
    now: () => Temporal.Now.instant().add(passed),
    newRsaPair: nextRsaPair,
  });
  const ctx = { ...booted, db: connectDb(pool, () => queries++) };
  await rememberIdentity(ctx);
  const server = listen(ctx, pool, 0, "127.0.0.1");
  const url = `http://127.0.0.1:${server.port}`;
  hosts.set(name, { hostname: "127.0.0.1", port: server.port });
  const people = new Map<string, Person>();
  const self = { ctx, pool, way: options.mailsGo ?? wayOf(ctx, () => {}) };
  living.add(self);

  return {
    ...{ ctx, pool, url, database },
    person: async (username, personOptions = {}) => {
      const known = people.get(username);
      if (known) return known;
      const person = new Person(url, await member(ctx, username, personOptions));
      people.set(username, person);
      return person;
    },
    visit: (path, init) => request(url, path, init),
    settle,
    countQueries: async (work) => {
      await quiet(ctx);
      const before = queries;
      await work();
      await quiet(ctx);
      return queries - before;
    },
    pass: (duration) => passed = passed.add(duration),
    [Symbol.asyncDispose]: async () => {
      living.delete(self);
      hosts.delete(name);
      await server.stop();
      ctx.http.close();
      await pool.end();
      await Deno.remove(folder, { recursive: true });
      if (!options.database) await dropDatabase(database);
    },
  };
}

/** What came in first, then events and jobs, then what goes out, which may come in elsewhere, then mails; and again. */
async function settle(): Promise<void> {
  let moved: number;
  do {
    moved = 0;
    for (const { ctx } of living) await quiet(ctx);
    for (const { ctx } of living) moved += await receiveOnce(ctx);
    for (const { ctx, pool } of living) await workOnce(ctx, pool);
    for (const { ctx, pool } of living) {
      moved += await dueDeliveries(ctx, pool);
      await new Courier(ctx).carry();
    }
    for (const { ctx, way } of living) moved += await carryMails(ctx, letters, way);
  } while (moved > 0);
}

/** Returns when nothing is under way that no request waited for. */
async function quiet({ underWay }: Ctx): Promise<void> {
  while (underWay.size > 0) await Promise.allSettled(underWay.values());
}

async function dueDeliveries(ctx: Ctx, pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query("select 1 from deliveries where due_at <= $1", [ctx.now().toString()]);
  return rows.length;
}

async function member(ctx: Ctx, username: string, options: PersonOptions) {
  const { account } = await signUp(ctx, {
    username,
    email: `${username}@mail.test`,
    password: passwordOf(username),
    role: options.role,
    confirmed: true,
    approved: true,
  });
  return { account, token: await tokenFor(ctx, account, options.scopes ?? "read write follow push") };
}

/** A person's password, for those tests that sign in. */
export function passwordOf(username: string): string {
  return `correct horse of ${username}`;
}

/** A token for somebody, with these scopes. */
export function tokenFor(ctx: Ctx, account: Account, scopes: string): Promise<string> {
  return issueToken(ctx, { accountId: account.id, appId: null, scopes: scopes.split(" ") as Scope[] });
}

/** A migrated, empty database of that name. Answers the name. */
export async function cloneTemplate(name: string): Promise<string> {
  await asAdmin(`create database "${name}" template "${Deno.env.get("TEST_TEMPLATE")}" strategy file_copy`);
  return name;
}

/** A database of that name with nothing in it. */
export async function emptyDatabase(name: string): Promise<void> {
  await asAdmin(`create database "${name}" template template0`);
}

export async function dropDatabase(name: string): Promise<void> {
  await asAdmin(`drop database if exists "${name}" with (force)`);
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: Deno.env.get("TEST_DATABASE_URL") });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** How to reach a database of the tests' server. */
export function urlOf(database: string): string {
  const admin = Deno.env.get("TEST_DATABASE_URL");
  if (!admin) throw new Error("This test needs a database: run it with `deno task test PATH`");
  const url = new URL(admin);
  url.pathname = `/${database}`;
  return url.href;
}
