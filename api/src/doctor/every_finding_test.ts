import assert from "node:assert/strict";
import type net from "node:net";
import tls from "node:tls";
import pg from "pg";
import { newElsewhere } from "../../test/elsewhere.ts";
import { certificate, key, openMailServer } from "../../test/mail_server.ts";
import { dkimRecord, openWard } from "../../test/ward.ts";
import { hosts, newWorld } from "../../test/world.ts";
import { finishBackup, insertBackup } from "../backup/store.ts";
import { readConfig } from "../base/config.ts";
import { connectDb, openPool } from "../base/db.ts";
import { warn } from "../moderation/warn.ts";
import { endOfAuthority } from "./certificates.ts";
import { judge } from "./database.ts";
import type { Finding } from "./finding.ts";
import type { Patient } from "./patient.ts";
import { databaseState } from "./store.ts";

Deno.test("of all that can be wrong the doctor says what it is and how to mend it", async (t) => {
  await using ward = await openWard();
  await using other = await newWorld();
  const { world } = ward;
  const seen = new Set<string>();
  /** A finding of this area and code that says this, and how to mend it. */
  const finds: Finds = async (which, what, mend, given = {}) => {
    await t.step(`${which}: ${what.source}`, async () => {
      const [area, code] = which.split("/");
      const all: (Finding & { area?: string })[] = Array.isArray(given) ? given : await ward.sees(given);
      const found = all.filter((one) => one.code === code && (one.area ?? area) === area);
      assert.equal(found.length, 1, JSON.stringify(all, null, 2));
      assert.match(found[0]!.what, what);
      assert.match(found[0]!.mend!, mend);
      assert.notEqual(found[0]!.level, "good");
      seen.add(which);
    });
  };
  const config = (settings: Record<string, string>) => ({
    config: readConfig({ ...ward.settings, ...settings }),
  });
  const later = (hours: number) => ({ now: () => world.ctx.now().add({ minutes: Math.round(hours * 60) }) });
  const all: Ill = { ward, other, finds, config, later };
  await illSettings(all);
  await illDatabases(all);
  await illByItsWord(all);
  await illStorage(all);
  await illMail(all);
  await illSenders(all);
  await illNames(all);
  await illMachines(all);
  await illBackups(all);
  await illQueues(all);
  assert.deepEqual(await codes(), [...seen].sort(), "each finding has a server that is ill with it");
});

type Finds = (
  which: string,
  what: RegExp,
  mend: RegExp,
  given?: Partial<Patient> | Finding[],
) => Promise<void>;

interface Ill {
  ward: Awaited<ReturnType<typeof openWard>>;
  other: Awaited<ReturnType<typeof newWorld>>;
  finds: Finds;
  config(settings: Record<string, string>): Pick<Patient, "config">;
  /** So many hours later. */
  later(hours: number): Pick<Patient, "now">;
}

/** All that can be found, as `area/code`, by the code itself. */
async function codes(): Promise<string[]> {
  const found = ["inbox", "deliveries", "jobs", "mails"].map((queue) => `queues/${queue}`);
  for await (const { name } of Deno.readDir(import.meta.dirname!)) {
    const [, file] = name.match(/^(\w+)(?<!_test)\.ts$/) ?? [];
    const text = file ? await Deno.readTextFile(`${import.meta.dirname}/${name}`) : "";
    const area = { sender: "mail", examine: "queues" }[file!] ?? file;
    // Where a condition stands before the code, both are meant.
    for (
      const [, first, second] of text.matchAll(
        /\b(?:bad|doubtful)\(\s*(?:[^"(),]+\? )?"([\w-]+)"(?: : "([\w-]+)")?/g,
      )
    ) {
      for (const code of [first, second]) if (code) found.push(`${area}/${code}`);
    }
  }
  return [...new Set(found)].sort();
}

async function illSettings({ finds, config }: Ill) {
  const https = "https://riff.test";
  await finds("settings/http", /only speak to https/, /Set BASE_URL/);
  await finds("settings/no-limits", /RATE_LIMITS is off/, /RATE_LIMITS=on/);
  await finds("settings/loopback", /ALLOW_LOOPBACK lets strangers/, /Empty/, config({ BASE_URL: https }));
  await finds(
    "settings/no-proxies",
    /TRUSTED_PROXIES is empty/,
    /Set TRUSTED_PROXIES/,
    config({ BASE_URL: https }),
  );
  await finds("settings/debug", /LOG_LEVEL is debug/, /LOG_LEVEL=info/, config({ LOG_LEVEL: "debug" }));
}

async function illDatabases({ ward, other, finds, config, later }: Ill) {
  const { ctx } = ward.world;
  const state = await databaseState(ctx.db);
  await finds("database/unreachable", /out of reach/, /does not answer/, {
    ctx: undefined,
    noCtx: "It does not answer",
  });
  await finds(
    "database/pool",
    /DB_POOL_SIZE is 4\d\d, and/,
    /Set DB_POOL_SIZE=/,
    config({ DB_POOL_SIZE: "400" }),
  );
  await finds("database/clock", /clock and the database's are 1[78]\d seconds apart/, /set-ntp/, later(0.05));

  const bytes = { most: String(state.bytes / 0.96 | 0), more: String(state.bytes / 0.9 | 0) };
  await finds(
    "database/full",
    /The database is .* of/,
    /largest tables: \w+ /,
    config({ DB_BUDGET_BYTES: bytes.most }),
  );
  await finds(
    "database/fills",
    /The database is .* of/,
    /larger disk/,
    config({ DB_BUDGET_BYTES: bytes.more }),
  );
  const managed = config({ DATABASE_URL: "postgres://riff:riff@database.test/riff" });
  await finds("database/no-budget", /nobody has said how large/, /DB_BUDGET_BYTES/, managed);

  const file = ward.mail.settings.SMTP_CA_FILE;
  const end = endOfAuthority(await Deno.readTextFile(file))!;
  const known = config({ DATABASE_CA_FILE: file });
  const at = (hours: number) => ({ ...known, now: () => end.add({ hours }) });
  await finds("database/authority-ends", /ends on 2120/, /DATABASE_CA_FILE/, at(-24));
  await finds("database/authority-ended", /ends on 2120/, /DATABASE_CA_FILE/, at(24));
  const none = config({ DATABASE_CA_FILE: import.meta.filename! });
  await finds("database/no-authority", /no certificate in/, /from your provider/, none);

  await other.pool.query("drop extension unaccent cascade");
  await finds("database/extensions", /There is no unaccent/, /create extension unaccent;/, {
    ctx: other.ctx,
  });
  await other.pool.query(`
    create table heap (n int) with (autovacuum_enabled = off);
    insert into heap select generate_series(1, 120000);
    delete from heap where n > 10000;
    select pg_stat_force_next_flush()`);
  await finds("database/dead-rows", /Much of heap is dead rows/, /vacuum analyze heap/, { ctx: other.ctx });

  await using strange = await ofStrangeLetters();
  const letters = { ctx: { ...ctx, db: strange.db } };
  await finds("database/letters", /keeps texts as SQL_ASCII, and does not know/, /encoding 'UTF8'/, letters);
  await finds("queues/unseen", /could not be looked at/, /look again/, letters);
}

/** What no database that we can have here says of itself. */
async function illByItsWord({ ward: { world: { ctx, pool } }, finds }: Ill) {
  const state = await databaseState(ctx.db);
  const judged = (changed: Partial<typeof state>) => judge({ ...state, ...changed }, ctx.config, state.now);
  assert.deepEqual(judged({}), []);
  await finds("database/version", /PostgreSQL is 14/, /15 or newer/, judged({ version: 140_011 }));
  await finds(
    "database/slow",
    /^1 statements .* 2 transactions/,
    /pg_stat_activity/,
    judged({ slow: 1, idle: 2 }),
  );
  const crowded = judged({ maxConnections: 100, reserved: 3, connections: 92 });
  await finds("database/connections", /^92 of 97/, /lower DB_POOL/, crowded);

  const client = await pool.connect();
  await client.query("begin");
  assert.equal(
    (await databaseState(ctx.db, { idle: 0 })).idle,
    1,
    "a transaction that stands still is counted",
  );
  await client.query("rollback");
  client.release();
}

/** A database as one is made where nobody says anything. */
async function ofStrangeLetters() {
  const { TEST_DATABASE_URL: url } = Deno.env.toObject();
  const name = `letters_${crypto.randomUUID().slice(0, 8)}`;
  const admin = new pg.Pool({ connectionString: url, max: 1 });
  await admin.query(`create database ${name} encoding 'SQL_ASCII' locale 'C' template template0`);
  const address = Object.assign(new URL(url!), { pathname: `/${name}` }).href;
  const pool = openPool({ url: address, connections: 1, name, onError: () => {} });
  return {
    db: connectDb(pool),
    [Symbol.asyncDispose]: async () => {
      await pool.end();
      await admin.query(`drop database ${name}`);
      await admin.end();
    },
  };
}

async function illStorage({ ward: { bucket, world }, other, finds, config }: Ill) {
  bucket.manner = "refusing";
  await finds("storage/bucket", /The bucket media does not work/, /S3_ENDPOINT/);
  bucket.manner = "changing";
  await finds("storage/changed", /does not give what it was given/, /another one/);
  bucket.manner = "open";
  bucket.isPublic = true;
  await finds("storage/listed", /Everybody can list the bucket media/, /Make the bucket private/);
  bucket.isPublic = false;
  const elsewhere = config({ MEDIA_URL: other.ctx.config.baseUrl });
  await finds("storage/others-answer", /media answers 404 to whoever asks/, /MEDIA_URL/, elsewhere);
  await finds(
    "storage/unreachable",
    /Others don't get media from/,
    /MEDIA_URL/,
    config({ MEDIA_URL: "http://127.0.0.1:1" }),
  );
  await using proxy = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const { body } = await fetch(world.url + new URL(request.url).pathname);
    return new Response(body, { headers: { "content-type": "text/plain" } });
  });
  const guessed = config({ MEDIA_URL: `http://127.0.0.1:${proxy.addr.port}` });
  await finds("storage/types", /gives a picture as text\/plain/, /leave Content-Type/, guessed);
}

async function illMail({ ward: { mail }, finds, config }: Ill) {
  const none = readConfig({ BASE_URL: "http://riff.test" });
  await finds("mail/files", /Mails become files/, /Set SMTP_URL/, { config: none });
  const wrong = `smtp://riff%40riff.test:wrong@localhost:${mail.port}`;
  await finds(
    "mail/smtp",
    /does not take the user and password/,
    /riff mail test/,
    config({ SMTP_URL: wrong }),
  );
  await using forged = await openMailServer({ isForged: true });
  const { SMTP_URL, SMTP_CA_FILE } = forged.settings;
  await finds("mail/smtp", /can't be spoken to|TLS/, /SMTP_CA_FILE/, config({ SMTP_URL, SMTP_CA_FILE }));
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await finds("mail/smtp", /takes too long to answer/, /SMTP_URL/, {
    ...config({ SMTP_URL: `smtp://127.0.0.1:${silent.addr.port}` }),
    patience: 300,
  });
}

async function illSenders({ ward: { names: { texts } }, finds, config }: Ill) {
  const healthy = { ...texts };
  const many = Array.from({ length: 6 }, (_, n) => `include:p${n}.test`).join(" ");
  for (let n = 0; n < 6; n++) texts[`p${n}.test`] = ["v=spf1 mx -all"];
  const [domain, dmarc, dkim] = ["riff.test", "_dmarc.riff.test", "s2._domainkey.riff.test"];
  const cases: [string, string, string[], RegExp, RegExp][] = [
    ["mail/spf", domain, ["something else"], /riff\.test has no SPF record/, /TXT record/],
    ["mail/spf", domain, ["v=spf1 -all", "v=spf1 mx -all"], /several SPF records/, /one TXT record/],
    ["mail/spf-open", domain, ["v=spf1 mx +all"], /lets everybody send/, /`-all`/],
    ["mail/spf-endless", domain, ["v=spf1 mx"], /says nothing of all others/, /`-all`/],
    ["mail/spf-long", domain, [`v=spf1 ${many} -all`], /more than 10 others/, /fewer providers/],
    ["mail/dmarc", dmarc, [], /has no DMARC record/, /_dmarc\.riff\.test/],
    [
      "mail/dmarc-wrong",
      dmarc,
      ["v=DMARC1; rua=mailto:a@riff.test"],
      /does not say what to do/,
      /p=quarantine/,
    ],
    [
      "mail/dmarc-wrong",
      dmarc,
      ["v=DMARC1; p=none", "v=DMARC1; p=reject"],
      /several DMARC records/,
      /one TXT record/,
    ],
    ["mail/dkim", dkim, [], /No DKIM key of riff\.test/, /Set MAIL_DKIM_SELECTOR/],
    ["mail/dkim-wrong", dkim, ["v=DKIM1; p="], /has been taken back/, /anew/],
    ["mail/dkim-wrong", dkim, ["v=DKIM1; k=rsa; p=nonsense"], /can't be read/, /anew/],
    ["mail/dkim-wrong", dkim, [dkimRecord(768)], /768 bits, too few/, /anew/],
  ];
  for (const [which, name, records, what, mend] of cases) {
    texts[name] = records;
    await finds(which, what, mend);
    texts[name] = healthy[name]!;
  }
  const elsewhere = config({ MAIL_DKIM_SELECTOR: "tree" });
  await finds("mail/dkim", /no DKIM key at tree\._domainkey/, /what stands before/, elsewhere);
}

async function illNames({ ward: { world, names }, other, finds, config, later }: Ill) {
  const { hostname } = new URL(world.ctx.config.baseUrl);
  const address = names.addresses[hostname]!;
  delete names.addresses[hostname];
  await finds("outside/name", /leads nowhere/, /A record/);
  names.addresses[hostname] = address;
  await finds("outside/clock", /clock is 1[78]\d seconds from that of what answers/, /set-ntp/, later(0.05));
  const handles = new URL(other.ctx.config.baseUrl).host;
  names.addresses[handles] = address;
  await finds(
    "outside/webfinger",
    /webfinger answers 404/,
    /send .* on to/,
    config({ HANDLE_DOMAIN: handles }),
  );
  const there = hosts.get(hostname)!;
  hosts.set(hostname, { hostname: "127.0.0.1", port: Number(new URL(other.url).port) });
  await finds("outside/actor", /actor answers/, /leads to this machine/);
  hosts.set(hostname, { hostname: "127.0.0.1", port: 1 });
  await finds("outside/unreachable", /Others don't reach/, /ports 80 and 443/);
  hosts.set(hostname, there);

  const server = tls.createServer({ key, cert: certificate });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  const end = endOfAuthority(certificate)!;
  await finds("outside/certificate", /certificate of localhost ends on 2120/, /Caddy renews/, {
    ...config({ BASE_URL: `https://localhost:${port}` }),
    now: () => end.subtract({ hours: 24 }),
  });
  await new Promise((resolve) => server.close(resolve));
}

async function illMachines({ ward: { patient, world }, finds }: Ill) {
  const room = (free: number) => ({ free, all: 10e9 });
  const { resources } = patient;
  const disk = (free: number) => ({ resources: { ...resources, disk: () => Promise.resolve(room(free)) } });
  const memory = { resources: { ...resources, memory: () => room(0.4e9) } };
  await finds("machine/memory", /400 MB of 10.0 GB of memory/, /larger machine/, memory);
  await finds("machine/disk", /900 MB of 10.0 GB are free/, /MEDIA_CACHE_BYTES/, disk(0.9e9));
  await finds("machine/disk-full", /100 MB are free on the disk of/, /Make room/, disk(0.1e9));
  const { dataDir } = world.ctx.config;
  const uploads = { disk: (folder: string) => Promise.resolve(room(folder === dataDir ? 5e9 : 0.1e9)) };
  await finds("machine/disk-full", /100 MB are free/, /TMPDIR/, { resources: { ...resources, ...uploads } });
}

async function illBackups({ ward: { world: { ctx } }, other, finds, config, later }: Ill) {
  await finds("backups/late", /The newest backup is of/, /worker makes one every day/, later(48));
  await finds("backups/no-drill", /No backup has been restored/, /riff restore .* --drill/, later(100 * 24));
  await finds("backups/none-yet", /There is no backup yet/, /riff backup make/, { ctx: other.ctx });
  const none = { BACKUP_TO: "", BACKUP_PASSPHRASE: "" };
  await finds("backups/none-made", /No backups are made by themselves/, /Set BACKUP_TO/, config(none));
  const id = await insertBackup(ctx.db, { name: "x", place: "/x", startedAt: ctx.now() });
  await finishBackup(ctx.db, id, { at: ctx.now(), error: "the disk is full" });
  await finds("backups/failed", /The last backup failed: the disk is full/, /riff backup make/);
}

async function illQueues({ ward: { world }, finds, later }: Ill) {
  await using home = newElsewhere("elsewhere.test");
  const [alice, tui] = [await world.person("alice"), await home.person("tui")];
  await tui.sends(world, tui.does("Follow", alice.account.uri));
  await finds("queues/inbox", /1 in inbox are overdue/, /API works it off/, later(1));
  await world.settle();
  home.serve("/inbox", () => new Response("", { status: 503 }));
  await alice.says("Who sends this?");
  await world.settle();
  await finds("queues/deliveries", /1 in deliveries are overdue/, /riff federation status/, later(48));
  await warn(world.ctx, alice.account, { action: "none", text: "", postIds: [] });
  await finds("queues/jobs", /in jobs are overdue/, /is it running/, later(1));
  await finds("queues/mails", /1 in mails are overdue/, /riff mail status/, later(1));
}
