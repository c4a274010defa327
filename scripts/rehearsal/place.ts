import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type Bucket, newBucket } from "../../api/test/bucket.ts";
import { type MailServer, openMailServer } from "../../api/test/mail_server.ts";

/** The folder that all of this stands in. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const postgres = "/usr/lib/postgresql/15/bin";

/** What a rehearsal needs of Debian and is not here, by the names of its packages. */
export async function missing(): Promise<string[]> {
  const needed = {
    caddy: "/usr/bin/caddy",
    "postgresql-15": `${postgres}/initdb`,
    openssl: "/usr/bin/openssl",
    git: "/usr/bin/git",
  };
  const found = await Promise.all(
    Object.values(needed).map((path) => Deno.stat(path).then(() => true, () => false)),
  );
  return Object.keys(needed).filter((_, index) => !found[index]);
}

/** A rented machine and what riff uses elsewhere: a managed database with a CA of its own, a bucket, mail. */
export interface Place extends AsyncDisposable {
  url: string;
  /** Speaks HTTPS, and trusts the authority of this place. */
  client: Deno.HttpClient;
  /** PEM of that authority, in a file. */
  caFile: string;
  bucket: Bucket;
  mails: MailServer;
  /** Runs a command in the clone on the machine; answers its exit code and what it said. */
  run(command: string): Promise<{ code: number; said: string }>;
  /** Commits these files to the repository that the machine pulls from. */
  release(message: string, files: Record<string, string>): Promise<void>;
}

export interface Wishes {
  /** Where it answers, and then where those do whom it may speak to, although they are on this machine. */
  ports?: number[];
  /** Whose authority it shares, so that each trusts the other's certificate. */
  neighbour?: Place;
}

/** Rents one. */
export async function newPlace(
  { ports: [https, ...others] = [freePort()], neighbour }: Wishes = {},
): Promise<Place> {
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "riff-rehearsal-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  await Deno.chmod(folder, 0o755);
  if (neighbour) await must(`cp ${dirname(neighbour.caFile)}/*.pem ${folder}`);
  else await makeCertificates(folder);
  const databaseUrl = await startPostgres(folder, stack);
  const bucket = stack.use(await newBucket());
  const mails = stack.use(await openMailServer());
  const ports = {
    api: freePort(),
    "api-next": freePort(),
    admin: freePort(),
    http: freePort(),
  };
  const url = `https://localhost:${https}`;

  await must(
    `git clone --quiet --no-hardlinks ${root} ${folder}/origin && git clone --quiet ${folder}/origin ${folder}/riff`,
  );
  await must(
    `cd ${folder}/riff && cp ../ca.pem ../cert.pem ../key.pem secrets/ && mkdir ../bin ../backups ../images ../volumes`,
  );
  await Deno.copyFile(mails.settings.SMTP_CA_FILE, `${folder}/riff/secrets/mail-ca.pem`);
  await Deno.writeTextFile(
    `${folder}/riff/.env`,
    lines({
      BASE_URL: url,
      DATABASE_URL: databaseUrl,
      DATABASE_CA_FILE: "/run/secrets/ca.pem",
      ...bucket.settings as Record<string, string>,
      ...mails.settings,
      SMTP_CA_FILE: "/run/secrets/mail-ca.pem",
      SECRET_KEY: "a secret key that only rehearsals know",
      BACKUP_TO: `${folder}/backups`,
      BACKUP_PASSPHRASE: "a passphrase that only rehearsals know",
      DB_BUDGET_BYTES: "10G",
      RATE_LIMITS: "off",
      ALLOW_LOOPBACK: [https, ...others].map((port) => `https://localhost:${port}`).join(),
      TRUSTED_PROXIES: "127.0.0.1",
      DENO_CERT: "/run/secrets/ca.pem",
      API_UPSTREAMS: `127.0.0.1:${ports.api} 127.0.0.1:${ports["api-next"]}`,
      CADDY_TLS: "tls /etc/caddy/secrets/cert.pem /etc/caddy/secrets/key.pem",
      CADDY_GLOBAL_OPTIONS: `http_port ${ports.http}`,
    }),
  );
  await Deno.writeTextFile(`${folder}/state.json`, JSON.stringify({ images: {}, containers: {}, ports }));
  await Deno.writeTextFile(
    `${folder}/bin/docker`,
    `#!/bin/sh\nexec ${Deno.execPath()} run -A --no-check --config ${root}/deno.json ${root}/scripts/rehearsal/docker.ts "$@"\n`,
    { mode: 0o755 },
  );
  const run = (command: string) =>
    shell(`cd ${folder}/riff && ${command}`, {
      REHEARSAL: folder,
      REHEARSAL_MODULES: `${root}/node_modules`,
      DEPLOY_PATIENCE: "60",
      PATH: `${folder}/bin:${Deno.env.get("PATH")}`,
    });
  stack.defer(async () =>
    void await run("docker compose -f docker-compose.prod.yml rm --stop --force caddy api api-next worker")
  );
  const caFile = `${folder}/ca.pem`;
  const client = Deno.createHttpClient({ caCerts: [await Deno.readTextFile(caFile)] });
  stack.defer(() => client.close());
  const held = stack.move();
  return {
    ...{ url, client, caFile, bucket, mails, run },
    release: async (message, files) => {
      for (const [path, text] of Object.entries(files)) {
        await Deno.writeTextFile(`${folder}/origin/${path}`, text);
      }
      await must(
        `cd ${folder}/origin && git add -A && git -c user.name=riff -c user.email=riff@mail.test commit --quiet -m "${message}"`,
      );
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

/** An authority, and what it says of `localhost`: database and Caddy both show that. */
export async function makeCertificates(folder: string): Promise<void> {
  const curve = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
  await must(
    `cd ${folder} && openssl req -x509 ${curve} -days 3650 -subj "/CN=riff rehearsal" -keyout ca.key -out ca.pem &&
    openssl req ${curve} -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout key.pem -out request.pem &&
    openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 -copy_extensions copy -out cert.pem`,
  );
}

/** PostgreSQL 15 from Debian, which takes nobody without TLS and a password; answers where it is. */
export async function startPostgres(folder: string, stack: AsyncDisposableStack): Promise<string> {
  const isRoot = Deno.uid() === 0;
  const as = (command: string) => isRoot ? `su postgres -s /bin/sh -c '${command}'` : command;
  const home = `${folder}/postgres`;
  const port = freePort();
  await must(
    `mkdir ${home} && cp ${folder}/cert.pem ${folder}/key.pem ${home}/ && chmod 600 ${home}/key.pem`,
  );
  if (isRoot) await must(`chown -R postgres ${home}`);
  await must(
    as(
      `echo kettle > ${home}/password && ${postgres}/initdb -D ${home}/data -U riff -A scram-sha-256 --pwfile=${home}/password --encoding=UTF8 --locale=C.UTF-8`,
    ),
  );
  await must(as(`echo "hostssl all all 127.0.0.1/32 scram-sha-256" > ${home}/data/pg_hba.conf`));
  const options =
    `-p ${port} -k ${home} -c listen_addresses=127.0.0.1 -c ssl=on -c ssl_cert_file=${home}/cert.pem -c ssl_key_file=${home}/key.pem -c max_connections=50`;
  await must(as(`${postgres}/pg_ctl -w -D ${home}/data -l ${home}/log -o "${options}" start`));
  stack.defer(() => must(as(`${postgres}/pg_ctl -w -m fast -D ${home}/data stop`)));
  return `postgres://riff:kettle@localhost:${port}/postgres`;
}

function lines(settings: Record<string, string>): string {
  return Object.entries(settings).map(([name, value]) => `${name}=${value}\n`).join("");
}

/** What a line of bash exits with and says. */
export async function shell(
  command: string,
  env: Record<string, string> = {},
): Promise<{ code: number; said: string }> {
  const child = new Deno.Command("bash", { args: ["-c", `${command} 2>&1`], env, stdin: "null" });
  const { code, stdout } = await child.output();
  return { code, said: new TextDecoder().decode(stdout) };
}

/** Runs lines of bash; throws with what they say where they fail. */
export async function must(command: string): Promise<void> {
  const { code, said } = await shell(`{ ${command}\n}`);
  if (code !== 0) throw new Error(`${command}: ${said}`);
}

/** A port where nobody listens. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
