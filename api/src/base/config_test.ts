import assert from "node:assert/strict";
import { BadSettings, readConfig, settings } from "./config.ts";

/** What is wrong with these settings. */
function complaints(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    assert.ok(error instanceof BadSettings);
    assert.ok(error.complaints.every((complaint) => error.message.includes(complaint)));
    return error.complaints;
  }
  return [];
}

Deno.test("riff starts without any settings, on this machine", () => {
  const config = readConfig({});
  assert.equal(config.baseUrl, "http://localhost:8000");
  assert.equal(config.handleDomain, "localhost:8000");
  assert.equal(config.dataDir, "./data");
  assert.equal(config.databaseUrl, undefined);
  assert.equal(config.rateLimits, true);
  assert.deepEqual(config.trustedProxies, []);
});

Deno.test("all complaints about settings come at once, each with how to mend it", () => {
  const all = complaints({
    BASE_URL: "riff.example",
    HANDLE_DOMAIN: "https://riff.example",
    PORT: "eighty",
    DATABASE_URL: "mysql://x",
    DB_POOL_SIZE: "4",
    SECRET_KEY: "short",
    SMTP_URL: "https://mail.example",
    MAIL_FROM: "riff",
    MAIL_DAILY_LIMIT: "0",
    TRUSTED_PROXIES: "10.0.0.1, caddy",
    RATE_LIMITS: "yes",
    LOG_LEVEL: "loud",
  });
  const names = all.map((complaint) => complaint.split(":")[0]);
  assert.deepEqual(names, [
    "BASE_URL",
    "HANDLE_DOMAIN",
    "PORT",
    "DATABASE_URL",
    "DB_POOL_SIZE",
    "SECRET_KEY",
    "SMTP_URL",
    "MAIL_FROM",
    "MAIL_DAILY_LIMIT",
    "TRUSTED_PROXIES",
    "RATE_LIMITS",
    "LOG_LEVEL",
  ]);
  for (const complaint of all) assert.match(complaint, /^[A-Z_]+: say .+ \(it says .+\)$/);
});

Deno.test("what is missing beside a setting is complained of with all the rest", () => {
  const given = {
    PORT: "eighty",
    S3_BUCKET: "media",
    SMTP_URL: "smtp://mail.example",
    TRANSLATE_BY: "deepl",
    BACKUP_TO: "/backups",
  };
  const missing = ["S3_BUCKET", "MAIL_FROM", "TRANSLATE_KEY", "BACKUP_PASSPHRASE"];
  const names = (all: string[]) => all.map((complaint) => complaint.split(":")[0]);
  assert.deepEqual(names(complaints(given)), ["PORT", ...missing]);
  const crowded = { ...given, PORT: "80", DB_POOL_SIZE: "10", DB_POOL_WORKER: "9" };
  assert.deepEqual(names(complaints(crowded)), [...missing, "DB_POOL_WORKER"]);
});

Deno.test("a bucket is either said whole, or not at all", () => {
  const whole = { S3_BUCKET: "media", S3_ACCESS_KEY_ID: "riff", S3_SECRET_ACCESS_KEY: "hunter2hunter2" };
  for (const name of Object.keys(whole)) {
    const [complaint] = complaints({ ...whole, [name]: "" });
    assert.match(complaint!, /^S3_BUCKET: say S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY together/);
  }
  assert.deepEqual(readConfig(whole).s3, {
    endpoint: undefined,
    region: "us-east-1",
    bucket: "media",
    accessKeyId: "riff",
    secretAccessKey: "hunter2hunter2",
    isPathStyle: true,
  });
  assert.equal(readConfig({}).s3, undefined);
});

Deno.test("a complaint never shows a secret", () => {
  const secret = "hunter2hunter2";
  const all = complaints({
    SECRET_KEY: secret,
    DATABASE_URL: `mysql://riff:${secret}@db.example/riff`,
    BASE_URL: `https://alice:${secret}@riff.example`,
    HANDLE_DOMAIN: `https://riff.example/?token=${secret}`,
  });
  assert.equal(all.length, 4);
  assert.doesNotMatch(all.join("\n"), /hunter2/);
});

Deno.test("a setting that is empty or blank counts as not set", () => {
  const blank = Object.fromEntries(settings.map((name) => [name, name.length % 2 ? "" : "  "]));
  assert.deepEqual(readConfig(blank), readConfig({}));
});

Deno.test("addresses are read without a slash at the end, handles without capitals", () => {
  const config = readConfig({ BASE_URL: " https://Riff.Example:8443/ ", HANDLE_DOMAIN: "Example.org" });
  assert.equal(config.baseUrl, "https://riff.example:8443");
  assert.equal(config.handleDomain, "example.org");
  assert.equal(readConfig({ BASE_URL: "https://riff.example" }).handleDomain, "riff.example");
  for (const wrong of ["https://riff.example/path", "https://riff.example?x", "ftp://riff.example", "riff"]) {
    assert.equal(complaints({ BASE_URL: wrong }).length, 1, wrong);
  }
});

Deno.test("a mail server needs a sender, and the sender may have a name", () => {
  const smtp = { SMTP_URL: "smtps://riff:pw@smtp.example" };
  assert.match(complaints(smtp)[0]!, /^MAIL_FROM: say which address/);
  const senders: [string, { name: string; address: string }][] = [
    ["mail@riff.example", { name: "", address: "mail@riff.example" }],
    ["Riff <mail@riff.example>", { name: "Riff", address: "mail@riff.example" }],
    ['"Riff, the server" <mail@riff.example>', { name: "Riff, the server", address: "mail@riff.example" }],
  ];
  for (const [MAIL_FROM, from] of senders) {
    assert.deepEqual(readConfig({ ...smtp, MAIL_FROM }).mail.from, from);
  }
  for (const wrong of ["riff", "a@b, c@d", "<mail@riff.example", "Riff <a@b> <c@d>", "a@b\r\nBcc: c@d"]) {
    assert.equal(complaints({ MAIL_FROM: wrong }).length, 1, wrong);
  }
  assert.equal(readConfig({}).mail.from.address, "riff@localhost");
});

Deno.test("lists are read with commas and without blanks", () => {
  assert.deepEqual(readConfig({ TRUSTED_PROXIES: "10.0.0.0/8, ,::1," }).trustedProxies, [
    "10.0.0.0/8",
    "::1",
  ]);
  assert.deepEqual(readConfig({ ALLOW_LOOPBACK: ".test" }).allowLoopback, [".test"]);
});

Deno.test("the box's connections are shared out so that two API processes and the worker fit", () => {
  const share = (settings: Record<string, string>) => readConfig(settings).pool;
  assert.deepEqual(share({}), { api: 14, worker: 10 });
  assert.deepEqual(share({ DB_POOL_SIZE: "80" }), { api: 29, worker: 20 });
  assert.deepEqual(share({ DB_POOL_SIZE: "40", DB_POOL_WORKER: "4" }), { api: 17, worker: 4 });
  for (let size = 8; size <= 1000; size++) {
    const { api, worker } = share({ DB_POOL_SIZE: String(size) });
    assert.ok(api >= 2 && worker >= 2 && 2 * api + worker + 2 <= size, `${size}: ${api}, ${worker}`);
  }
  const [complaint] = complaints({ DB_POOL_SIZE: "40", DB_POOL_WORKER: "36" });
  assert.match(complaint!, /^DB_POOL_WORKER: say at most 34, or raise DB_POOL_SIZE/);
  assert.deepEqual(share({ DB_POOL_SIZE: "40", DB_POOL_WORKER: "34" }), { api: 2, worker: 34 });
});

Deno.test(".env.example explains every setting there is, and no other", async () => {
  const text = await Deno.readTextFile(new URL("../../../.env.example", import.meta.url));
  const listed = Array.from(text.matchAll(/^(?:# )?([A-Z0-9_]+)=/gm), ([, name]) => name!);
  assert.deepEqual(listed.toSorted(), settings.toSorted());
  for (const name of listed) {
    assert.match(
      text,
      new RegExp(`^# [^\\n]+\\n(?:# )?${name}=`, "m"),
      `${name} stands there without a word`,
    );
  }
});

Deno.test("what .env.example shows is either the default or an example that works", async () => {
  const text = await Deno.readTextFile(new URL("../../../.env.example", import.meta.url));
  const shown = Object.fromEntries(
    Array.from(text.matchAll(/^(?:# )?([A-Z0-9_]+)=(.*)$/gm), ([, name, value]) => [name!, value!]),
  );
  assert.deepEqual(complaints(shown), []);
  const examples = ["BASE_URL", "HANDLE_DOMAIN", "DATABASE_URL", "DATABASE_CA_FILE", "TRUSTED_PROXIES"];
  const ofMedia = ["MEDIA_URL", "S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"];
  const ofMail = ["SMTP_URL", "SMTP_CA_FILE", "MAIL_FROM"];
  const ofTranslation = ["TRANSLATE_BY", "TRANSLATE_URL", "TRANSLATE_KEY"];
  const ofBackups = ["BACKUP_TO", "BACKUP_PASSPHRASE"];
  for (const example of [...examples, ...ofMedia, ...ofMail, ...ofTranslation, ...ofBackups]) {
    assert.ok(shown[example], example);
    delete shown[example];
  }
  assert.deepEqual(readConfig(shown), readConfig({}));
});
