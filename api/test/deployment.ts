import { fileURLToPath } from "node:url";
import type pg from "pg";
import type { Account } from "../src/accounts/account.ts";
import { signUp } from "../src/auth/sign_up.ts";
import { issueToken } from "../src/auth/tokens.ts";
import { readConfig } from "../src/base/config.ts";
import type { Ctx } from "../src/base/ctx.ts";
import { openPool } from "../src/base/db.ts";
import { type EmbeddedDatabase, startDatabase } from "../src/base/embedded.ts";
import { migrate } from "../src/base/migrate.ts";
import { rememberIdentity } from "../src/instance/identity.ts";
import { boot } from "../src/wiring/boot.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * An API process, a worker and a PostgreSQL that keeps what it has promised, each a process of its own as on a
 * real server, so that a test can kill them.
 */
export class Deployment implements AsyncDisposable {
  /** Where the API answers. */
  readonly url: string;
  /** Our own way to the database, for looking. */
  readonly pool: pg.Pool;
  readonly #ctx: Ctx;
  #api: Deno.ChildProcess;
  #worker: Deno.ChildProcess;

  private constructor(
    private readonly folder: string,
    private readonly databases: EmbeddedDatabase[],
    private readonly settings: Record<string, string>,
  ) {
    this.url = `http://127.0.0.1:${settings.PORT}`;
    const url = settings.DATABASE_URL!;
    this.pool = openPool({ url, connections: 4, name: "drill", onError: () => {} });
    this.#ctx = boot(readConfig(settings), { pool: this.pool, secretKey: settings.SECRET_KEY! });
    this.#api = this.#start("main");
    this.#worker = this.#start("worker");
  }

  /** Its address as others know it. */
  get publicUrl(): string {
    return this.settings.BASE_URL!;
  }

  static async start(more: Record<string, string> = {}): Promise<Deployment> {
    const folder = await Deno.makeTempDir({ prefix: "riff-drill-" });
    await Deno.chmod(folder, 0o711); // PostgreSQL's user, if we are root, has to reach what is in there
    const database = await startDatabase({ dir: `${folder}/database`, say: () => {} });
    await migrate(database.url);
    const deployment = new Deployment(folder, [database], {
      DATABASE_URL: database.url,
      DATA_DIR: folder,
      PORT: String(freePort()),
      BASE_URL: "http://drill.test",
      SECRET_KEY: "a secret key that only drills know, long enough",
      RATE_LIMITS: "off",
      LOG_LEVEL: "error",
      ...more,
    });
    await rememberIdentity(deployment.#ctx);
    await deployment.ready();
    return deployment;
  }

  /** A new member and their token. */
  async person(username: string): Promise<{ account: Account; token: string }> {
    const email = `${username}@mail.test`;
    const { account } = await signUp(this.#ctx, {
      ...{ username, email, password: `correct horse of ${username}` },
    });
    const scopes = ["read", "write"] as const;
    return { account, token: await issueToken(this.#ctx, { accountId: account.id, appId: null, scopes }) };
  }

  async killApi(): Promise<void> {
    await kill(this.#api);
    this.#api = this.#start("main");
  }

  async killWorker(): Promise<void> {
    await kill(this.#worker);
    this.#worker = this.#start("worker");
  }

  /** The API and the worker are left alone: they have to find back by themselves. */
  async killDatabase(): Promise<void> {
    const { dir, url } = this.databases.at(-1)!;
    Deno.kill(parseInt(await Deno.readTextFile(`${dir}/data/postmaster.pid`)), "SIGKILL");
    this.databases.push(
      await startDatabase({ dir: `${this.folder}/database`, port: Number(new URL(url).port), say: () => {} }),
    );
  }

  /** Resolves once the API takes requests. */
  async ready(): Promise<void> {
    await eventually(() =>
      fetch(`${this.url}/health/ready`).then((answer) => answer.text().then(() => answer.ok))
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([kill(this.#api), kill(this.#worker)]);
    this.#ctx.http.close();
    await this.pool.end();
    for (const database of this.databases) await database.stop();
    const { dir } = this.databases[0]!;
    for (const gone of [dir, this.folder]) await Deno.remove(gone, { recursive: true }).catch(() => {});
  }

  #start(file: "main" | "worker"): Deno.ChildProcess {
    const args = ["run", "--allow-all", "--no-check", `api/src/${file}.ts`];
    const quiet = { stdin: "null", stdout: "null", stderr: "null" } as const;
    return new Deno.Command(Deno.execPath(), { args, cwd: root, env: this.settings, ...quiet }).spawn();
  }
}

/** Resolves once `question` is answered with yes, asked again and again for a minute. */
export async function eventually(question: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!await Promise.try(question).catch(() => false)) {
    if (Date.now() > end) throw new Error(`Not within a minute: ${question}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function kill(child: Deno.ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await child.status;
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
