import assert from "node:assert/strict";
import { atDesk, emptyBeside, passphrase } from "../../test/backups.ts";
import { newBucket } from "../../test/bucket.ts";
import { bytesAt, uploaded } from "../../test/pictures.ts";
import { start } from "../../test/process.ts";
import { writeBackup } from "./create.ts";
import { placeOf } from "./places.ts";
import { leftOut, tablesOf } from "./store.ts";

Deno.test("a backup in a bucket takes media along and brings them back, and half of one is never there", async () => {
  await using bucket = await newBucket();
  await using desk = await atDesk({ ...bucket.settings, BACKUP_TO: "s3://media/backups/riff" });
  const alice = await desk.world.person("alice");
  const [there, here] = [await uploaded(alice), await uploaded(alice)];
  await desk.world.settle();
  const before = await bytesAt(desk.world.url, there.url);
  const key = (media: { url: string }) => media.url.split("/").at(-2);
  const inBackups = async () => (await bucket.names()).filter((name) => name.includes("/backups/"));

  const { json: made } = await desk.json("backup make --media --json");
  assert.match(made.path, /^s3:\/\/media\/backups\/riff\/riff-.*\.tar\.gz\.age$/);
  assert.equal((await inBackups()).length, 1);
  const { json: [listed] } = await desk.json("backup list --json");
  assert.equal(listed.bytes, made.bytes);
  const { json: drilled } = await desk.json(`restore ${made.path} --drill --json`);
  assert.equal(drilled.restorable, true);

  for (const name of await bucket.names()) {
    if (name.startsWith("media/media/")) await desk.world.ctx.files.bucket!.remove(name.slice(12));
  }
  assert.equal((await bytesAt(desk.world.url, there.url)).status, 404);
  const { json: restored } = await desk.json(`restore ${made.path} --replace --yes --json`);
  assert.equal(restored.media, 4);
  assert.ok(
    await desk.world.ctx.files.folder.size(`${key(here)}/small.webp`),
    "they lie in the folder first",
  );
  assert.deepEqual((await bytesAt(desk.world.url, there.url)).bytes, before.bytes);

  bucket.manner = "refusing";
  const { code, err } = await desk.riff("backup make");
  assert.equal(code, 1);
  assert.match(err, /The bucket media does not do it/);
  bucket.manner = "open";
  assert.equal((await inBackups()).length, 1);
  const lost = await desk.riff("restore s3://media/backups/riff/nowhere.tar.gz");
  assert.match(lost.err, /There is no s3:\/\/media\/backups\/riff\/nowhere.tar.gz/);
});

Deno.test("where the disk is full, no backup is made, and older ones stay", async () => {
  await using desk = await atDesk();
  const { json: older } = await desk.json("backup make --json");
  // Whatever is written there finds the disk full.
  await Deno.symlink("/dev/full", `${desk.folder}/.newer.tar.gz.part`);
  const client = await desk.world.ctx.connect("riff backup");
  const place = placeOf(desk.folder, desk.world.ctx.config);
  try {
    const making = writeBackup(desk.world.ctx, client, "newer.tar.gz", { place, say: () => {} });
    await assert.rejects(making, /is full: make room, or let BACKUP_KEEP keep fewer/);
  } finally {
    await client.end();
  }
  assert.deepEqual((await place.list()).map(({ name }) => `${desk.folder}/${name}`), [older.path]);
});

Deno.test("every table is in a backup, but for those that are left out for a reason", async () => {
  await using desk = await atDesk();
  const client = await desk.world.ctx.connect("riff backup");
  const copied = (await tablesOf(client)).map(({ name }) => name);
  await client.end();
  const { rows } = await desk.world.pool.query(`
    select c.relname as name, c.relpersistence as persistence from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`);
  const unlogged = rows.filter((row) => row.persistence === "u").map(({ name }) => name as string);
  // Counters of the last minutes: a crash may empty them, too, and nobody is worse off.
  assert.deepEqual(unlogged, ["rate_limits"]);
  const reasons: Record<string, string> = {
    migrations: "the restore makes the schema by them, and they write themselves down",
    cached_media: "describes files on a disk that may be another one by then",
  };
  assert.deepEqual(leftOut.toSorted(), Object.keys(reasons).toSorted());
  assert.deepEqual(
    [...copied, ...unlogged, ...leftOut].toSorted(),
    rows.map(({ name }) => name as string).toSorted(),
  );
  for (const name of ["mails", "mail_days", "inbox", "deliveries", "activities"]) {
    assert.ok(copied.includes(name), name);
  }
});

Deno.test("what began with the database that riff brings along goes on in one of one's own", async () => {
  await using desk = await atDesk();
  await using elsewhere = await emptyBeside(desk.world);
  await Deno.chmod(desk.folder, 0o711); // PostgreSQL's user, if we are root, has to reach what is in there
  const own = { DATA_DIR: `${desk.folder}/data`, BACKUP_TO: desk.folder, BACKUP_PASSPHRASE: passphrase };
  const riff = async (command: string, settings: Record<string, string> = own) => {
    await using process = start("riff", settings, command);
    assert.equal(await process.ended, 0, process.said);
    return process.said;
  };
  await riff("accounts create alice --email alice@mail.test --role admin");
  const [path] = (await riff("backup make --json")).match(/[^" ]+\.age/)!;
  const moved = { ...own, DATABASE_URL: elsewhere.url };
  assert.match(await riff(`restore ${path}`, moved), /Restored http:\/\/localhost:8000/);
  assert.match(await riff("accounts show alice", moved), /alice@mail\.test/);
});
