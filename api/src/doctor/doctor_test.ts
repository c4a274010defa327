import assert from "node:assert/strict";
import net from "node:net";
import tls from "node:tls";
import { signIn } from "../../test/browser.ts";
import { newBucket } from "../../test/bucket.ts";
import { certificate, key, openMailServer } from "../../test/mail_server.ts";
import { openNameServer } from "../../test/names.ts";
import { premisesOf, typed } from "../../test/terminal.ts";
import { hosts, newWorld } from "../../test/world.ts";
import { readConfig } from "../base/config.ts";
import { finishBackup, insertBackup } from "../backup/store.ts";
import { examine } from "./examine.ts";
import type { Patient } from "./patient.ts";

Deno.test("the doctor finds nothing bad with a healthy server, and says of a sick one what is and how to mend it", async (t) => {
  await using ward = await openWard();
  const { world, bucket, names, mail, sees } = ward;
  const healthy = await sees();
  assert.deepEqual(healthy.filter(({ level }) => level === "bad"), []);
  assert.deepEqual(
    healthy.filter(({ level }) => level === "doubtful").map(({ area }) => area),
    ["settings", "settings"],
    "a test's server has no https and no rate limits",
  );
  const areas = ["settings", "database", "storage", "mail", "outside", "queues", "machine", "backups"];
  assert.deepEqual([...new Set(healthy.map(({ area }) => area))], areas);

  /** A finding that says this and how to mend it; and none of it once all is well again. */
  const finds = async (name: string, what: RegExp, mend: RegExp, patient: Partial<Patient> = {}) => {
    await t.step(name, async () => {
      const found = (await sees(patient)).filter((one) => what.test(one.what));
      assert.equal(found.length, 1, JSON.stringify(await sees(patient), null, 2));
      assert.match(found[0]!.mend!, mend);
      assert.notEqual(found[0]!.level, "good");
    });
  };
  const config = (settings: Record<string, string>) => ({
    config: readConfig({ ...ward.settings, ...settings }),
  });

  bucket.manner = "refusing";
  await finds("a bucket that refuses", /The bucket media does not work/, /S3_ENDPOINT/);
  bucket.manner = "open";
  bucket.isPublic = true;
  await finds(
    "a bucket that everybody can list",
    /Everybody can list the bucket media/,
    /Make the bucket private/,
  );
  bucket.isPublic = false;

  const port = `localhost:${mail.port}`;
  await finds(
    "a wrong mail password",
    /does not take the user and password/,
    /riff mail test/,
    config({
      SMTP_URL: `smtp://riff%40riff.test:wrong@${port}`,
    }),
  );
  await using forged = await openMailServer({ isForged: true });
  await finds(
    "a mail server with a forged certificate",
    /can't be spoken to|TLS/,
    /SMTP_CA_FILE/,
    config({
      SMTP_URL: forged.settings.SMTP_URL,
      SMTP_CA_FILE: forged.settings.SMTP_CA_FILE,
    }),
  );
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await finds("a mail server that says nothing", /takes too long to answer/, /SMTP_URL/, {
    ...config({ SMTP_URL: `smtp://127.0.0.1:${silent.addr.port}` }),
    patience: 300,
  });
  const { "riff.test": spf, "_dmarc.riff.test": dmarc } = names.texts;
  names.texts["riff.test"] = ["something else"];
  await finds("a sender without SPF", /riff\.test has no SPF record/, /TXT record/);
  names.texts["riff.test"] = [...spf!, "v=spf1 -all"];
  await finds("a sender with two SPF records", /several SPF records/, /one TXT record/);
  names.texts["riff.test"] = spf!;
  names.texts["_dmarc.riff.test"] = [];
  await finds("a sender without DMARC", /has no DMARC record/, /_dmarc\.riff\.test/);
  names.texts["_dmarc.riff.test"] = dmarc!;

  const { hostname } = new URL(world.ctx.config.baseUrl);
  const address = names.addresses[hostname]!;
  delete names.addresses[hostname];
  await finds("a name that leads nowhere", /leads nowhere/, /A record/);
  names.addresses[hostname] = address;
  const there = hosts.get(hostname)!;
  await using other = await newWorld();
  await finds(
    "media at the address of another server",
    /media answers 404 to whoever asks/,
    /MEDIA_URL/,
    config({ MEDIA_URL: other.ctx.config.baseUrl }),
  );
  await finds("media where nobody answers", /Others don't get media from/, /MEDIA_URL/, {
    ...config({ MEDIA_URL: "http://127.0.0.1:1" }),
  });
  hosts.set(hostname, { hostname: "127.0.0.1", port: Number(new URL(other.url).port) });
  await finds("a name that leads to another server", /actor answers/, /leads to this machine/);
  hosts.set(hostname, { hostname: "127.0.0.1", port: 1 });
  await finds("nobody who answers", /Others don't reach/, /ports 80 and 443/);
  hosts.set(hostname, there);

  const late = { now: () => world.ctx.now().add({ minutes: 3 }) };
  await finds("a clock that is wrong", /clock and the database's are 1[78]\d seconds apart/, /set-ntp/, late);
  await finds(
    "more connections than the database has",
    /DB_POOL_SIZE is 4\d\d, and/,
    /Set DB_POOL_SIZE=/,
    config({ DB_POOL_SIZE: "400" }),
  );
  await finds("a server that speaks no https", /other servers and apps only speak to https/, /Set BASE_URL/);

  const alice = await world.person("alice");
  await alice.says("Who works this off?");
  await finds("a worker that does not run", /in jobs are overdue/, /is it running/, {
    now: () => world.ctx.now().add({ hours: 1 }),
  });
  await world.settle();
  await finds("a backup that is old", /The newest backup is of/, /worker makes one every day/, {
    now: () => world.ctx.now().add({ hours: 48 }),
  });
  const id = await insertBackup(world.ctx.db, { name: "x", place: "/x", startedAt: world.ctx.now() });
  await finishBackup(world.ctx.db, id, { at: world.ctx.now(), error: "the disk is full" });
  await finds("a backup that failed", /The last backup failed: the disk is full/, /riff backup make/);
});

Deno.test("a database that is out of reach is a finding, and everything else is looked at all the same", async () => {
  await using world = await newWorld();
  await using wrongly = await wronglyCertified();
  const url = new URL((world.pool.options as { connectionString: string }).connectionString);
  const changed = (change: (url: URL) => void) => {
    const other = new URL(url);
    change(other);
    return { DATABASE_URL: other.href };
  };
  const broken: [Record<string, string>, RegExp][] = [
    [changed((url) => url.port = "1"), /The database does not answer/],
    [changed((url) => url.password = "wrong"), /check user and password/],
    [changed((url) => url.pathname = "/nowhere"), /There is no such database/],
    [wrongly.settings, /of an authority that we do not know: set DATABASE_CA_FILE/],
  ];
  for (const [settings, mend] of broken) {
    await using premises = premisesOf(world, { DATA_DIR: world.ctx.config.dataDir, ...settings });
    const { code, out } = await typed("doctor --json", premises);
    assert.equal(code, 1);
    const { findings } = JSON.parse(out);
    const [found] = findings.filter((one: { area: string }) => one.area === "database");
    assert.equal(found.what, "The database is out of reach");
    assert.match(found.mend, mend);
    assert.ok(findings.some((one: { area: string }) => one.area === "machine"));
  }
  await using premises = premisesOf(world, { DATA_DIR: world.ctx.config.dataDir });
  const { out } = await typed("doctor", premises);
  assert.match(out, /^ok {2}database: PostgreSQL \d+/m);
  assert.match(out, /^hm {2}backups: .*\n {6}Set BACKUP_TO/m);
});

Deno.test("admins see the doctor's findings on a page; for everybody else there is none", async () => {
  await using world = await newWorld({ name: "localhost" });
  for (const [name, role, status] of [["alice", "admin", 200], ["bob", "moderator", 404]] as const) {
    await world.person(name, { role });
    const browser = await signIn(world, await world.person(name));
    const answer = await browser.open("/admin/doctor");
    assert.equal(answer.status, status);
    assert.equal(answer.html.includes("No backups are made by themselves"), status === 200);
  }
});

/** A server that has all that a good one has, and a doctor who looks at it. */
async function openWard() {
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
      },
    }),
  );
  const patient: Patient = {
    ...{ config: world.ctx.config, ctx: world.ctx, http: world.ctx.http, names: names.names },
    ...{ now: () => world.ctx.now(), patience: 5_000 },
  };
  const things = opened.move();
  return {
    ...{ world, bucket, mail, names },
    settings: { ...settings, BASE_URL: baseUrl, RATE_LIMITS: "off" },
    sees: (otherwise: Partial<Patient> = {}) => examine({ ...patient, ...otherwise }),
    [Symbol.asyncDispose]: () => things.disposeAsync(),
  };
}

/** Something that speaks TLS as a database does, with a certificate of another authority than we trust. */
async function wronglyCertified() {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write("S");
      new tls.TLSSocket(socket, { isServer: true, key, cert: certificate }).on("error", () => {});
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  const forged = await openMailServer({ isForged: true });
  return {
    settings: {
      DATABASE_URL: `postgres://riff:riff@localhost:${port}/riff`,
      DATABASE_CA_FILE: forged.settings.SMTP_CA_FILE,
    },
    [Symbol.asyncDispose]: async () => {
      await forged[Symbol.asyncDispose]();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
