import { generateKeyPairSync } from "node:crypto";
import { finishBackup, insertBackup } from "../src/backup/store.ts";
import { examine } from "../src/doctor/examine.ts";
import type { Patient } from "../src/doctor/patient.ts";
import { newBucket } from "./bucket.ts";
import { openMailServer } from "./mail_server.ts";
import { openNameServer } from "./names.ts";
import { newWorld } from "./world.ts";

/** A DKIM record with a key of so many bits. */
export function dkimRecord(bits: number): string {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  return `v=DKIM1; k=rsa; p=${publicKey.export({ format: "der", type: "spki" }).toString("base64")}`;
}

const dkimKey = dkimRecord(1024);

/** A server that has all that a good one has, and a doctor who looks at it. */
export async function openWard() {
  await using opened = new AsyncDisposableStack();
  const bucket = opened.use(await newBucket());
  const mail = opened.use(await openMailServer());
  const folder = await Deno.makeTempDir();
  opened.defer(() => Deno.remove(folder, { recursive: true }));
  const settings = {
    ...{ ...bucket.settings, ...mail.settings, ALLOW_LOOPBACK: ".test,127.0.0.1" },
    ...{ BACKUP_TO: folder, BACKUP_PASSPHRASE: "correct horse battery staple", DATA_DIR: folder },
  };
  const world = opened.use(await newWorld({ settings }));
  const { baseUrl } = world.ctx.config;
  const at = world.ctx.now();
  const id = await insertBackup(world.ctx.db, { name: "a", place: folder, startedAt: at });
  await finishBackup(world.ctx.db, id, { at, bytes: 1 });
  await world.pool.query("update backups set drilled_at = now()");
  const names = opened.use(
    await openNameServer({
      addresses: { [new URL(baseUrl).hostname]: "192.0.2.1" },
      texts: {
        "riff.test": ["v=spf1 include:provider.test -all"],
        "_dmarc.riff.test": ["v=DMARC1; p=reject"],
        "s2._domainkey.riff.test": [dkimKey],
      },
    }),
  );
  const room = { free: 5e9, all: 10e9 };
  const resources = { memory: () => room, disk: () => Promise.resolve(room) };
  const patient: Patient = {
    ...{ config: world.ctx.config, ctx: world.ctx, http: world.ctx.http, names: names.names },
    resources,
    ...{ now: () => world.ctx.now(), patience: 5_000 },
  };
  const things = opened.move();
  return {
    ...{ world, bucket, mail, names, patient },
    settings: { ...settings, BASE_URL: baseUrl, RATE_LIMITS: "off" },
    sees: (otherwise: Partial<Patient> = {}) => examine({ ...patient, ...otherwise }),
    [Symbol.asyncDispose]: () => things.disposeAsync(),
  };
}
