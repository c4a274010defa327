import assert from "node:assert/strict";
import net from "node:net";
import tls from "node:tls";
import { signIn } from "../../test/browser.ts";
import { certificate, key, openMailServer } from "../../test/mail_server.ts";
import { premisesOf, typed } from "../../test/terminal.ts";
import { openWard } from "../../test/ward.ts";
import { newWorld } from "../../test/world.ts";

Deno.test("the doctor finds nothing bad with a healthy server", async () => {
  await using ward = await openWard();
  const healthy = await ward.sees();
  assert.deepEqual(healthy.filter(({ level }) => level === "bad"), []);
  assert.deepEqual(
    healthy.filter(({ level }) => level === "doubtful").map(({ area, code }) => `${area}/${code}`),
    ["settings/http", "settings/no-limits"],
    "a test's server has no https and no rate limits",
  );
  const areas = ["settings", "database", "storage", "mail", "outside", "queues", "machine", "backups"];
  assert.deepEqual([...new Set(healthy.map(({ area }) => area))], areas);
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
  await using premises = premisesOf(world, { DATA_DIR: world.ctx.config.dataDir, DB_BUDGET_BYTES: "10G" });
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
