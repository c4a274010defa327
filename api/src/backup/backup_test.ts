import assert from "node:assert/strict";
import { atDesk, emptyBeside, passphrase } from "../../test/backups.ts";
import { premisesOf, typed } from "../../test/terminal.ts";
import type { World } from "../../test/world.ts";
import { writeBackup } from "./create.ts";
import { chores } from "./jobs.ts";
import { placeOf } from "./places.ts";

Deno.test("all is dropped, restored, and goes on as before: people, posts, jobs, and between servers", async () => {
  await using desk = await atDesk();
  const alice = await desk.world.person("alice");
  const bob = await desk.world.person("bob");
  const { json: post } = await alice.post("/api/v1/statuses", {
    status: "Before the fire\tand \\ the flood\n🌻",
  });
  await desk.world.settle();
  await bob.post(`/api/v1/statuses/${post.id}/favourite`, {}); // what follows from it is still to be done
  const ids = await desk.newIds(3);

  const { json: made } = await desk.json(`backup --to ${desk.folder} --json`);
  assert.equal(made.encrypted, true);
  await alice.post("/api/v1/statuses", { status: "After the backup" });

  const inhabited = await desk.riff(`restore ${made.path}`);
  assert.equal(inhabited.code, 1);
  assert.match(inhabited.err, /People live in this database: --replace/);
  const doubtful = await desk.riff(`restore ${made.path} --replace`, { keyboard: ["yes"] });
  assert.match(doubtful.err, /That is not it: nothing was done/);

  const { code, out, err } = await desk.riff(`restore ${made.path} --replace --yes`);
  assert.equal(code, 0, err);
  assert.match(out, /Restored http:\/\/\S+ as it was at .* [1-9]\d* jobs that were still to do/);
  await desk.world.settle();
  const home = await alice.get("/api/v1/timelines/home");
  assert.deepEqual(home.json.map((one: { id: string }) => one.id), [post.id]);
  assert.match(home.json[0].content, /Before the fire\tand \\ the flood/);
  const { json: told } = await alice.get("/api/v1/notifications");
  assert.deepEqual(
    told.map((one: { type: string }) => one.type),
    ["favourite"],
    "the job was done after all",
  );
  const tails = [...ids, ...await desk.newIds(3)].map((id) => BigInt(id) & 65535n);
  assert.equal(new Set(tails).size, 6);
  assert.ok((await desk.newIds(1))[0]! > ids[2]!);
});

Deno.test("a drill shows that a backup can be restored, and leaves nothing behind", async () => {
  await using desk = await atDesk();
  await desk.world.person("alice");
  await desk.world.settle();
  const { json: made } = await desk.json(`backup --to ${desk.folder} --json`);
  const before = await databases(desk.world);
  const { json: drilled } = await desk.json(`restore ${made.path} --drill --json`);
  assert.equal(drilled.restorable, true);
  assert.equal(drilled.rows, made.rows);
  assert.ok(drilled.keys_opened > 0);
  assert.deepEqual(await databases(desk.world), before);
  const { json: [listed] } = await desk.json(`backup list --to ${desk.folder} --json`);
  assert.ok(listed.drilled_at);

  // A row that fits nowhere: its owner was never there.
  await desk.world.pool.query("alter table bookmarks drop constraint bookmarks_post_id_fkey");
  await desk.world.pool.query(
    "insert into bookmarks (account_id, post_id) select id, 1 from accounts limit 1",
  );
  const { json: torn } = await desk.json(`backup --to ${desk.folder} --json`);
  const { code, err } = await desk.riff(`restore ${torn.path} --drill`);
  assert.equal(code, 1);
  assert.match(err, /bookmarks_post_id_fkey/);
  assert.deepEqual(await databases(desk.world), before);
});

Deno.test("what is cut off, changed, or opened with another passphrase is refused before anything is lost", async () => {
  await using desk = await atDesk();
  const alice = await desk.world.person("alice");
  const { json: sealed } = await desk.json(`backup --to ${desk.folder} --json`);
  const { json: plain } = await desk.json(`backup --to ${desk.folder} --plain --json`);
  const spoil = async (path: string, change: (bytes: Uint8Array) => Uint8Array) => {
    const spoilt = path.replace("/riff-riff", "/spoilt-riff");
    await Deno.writeFile(spoilt, change(await Deno.readFile(path)));
    return spoilt;
  };
  const flip = (bytes: Uint8Array) =>
    bytes.with(Math.floor(bytes.length / 2), bytes[Math.floor(bytes.length / 2)]! ^ 1);
  const refused: [string, RegExp][] = [
    [await spoil(sealed.path, (bytes) => bytes.slice(0, -20)), /damaged or was cut off/],
    [await spoil(sealed.path, (bytes) => bytes.slice(0, 100)), /damaged or was cut off/],
    [await spoil(sealed.path, flip), /damaged or was cut off/],
    [await spoil(plain.path, (bytes) => bytes.slice(0, -20)), /damaged or was cut off/],
    [await spoil(plain.path, (bytes) => bytes.slice(0, 200)), /damaged or was cut off|was cut off/],
    [await spoil(plain.path, flip), /damaged/],
    [`${desk.folder}/nowhere.tar.gz`, /There is no /],
  ];
  for (const [path, reason] of refused) {
    const { code, err } = await desk.riff(`restore ${path} --replace --yes`);
    assert.equal(code, 1, path);
    assert.match(err, reason);
  }
  const other = await desk.riff(`restore ${sealed.path} --replace --yes --passphrase-stdin`, {
    stdin: "something else",
  });
  assert.match(other.err, /This passphrase does not open the backup/);
  assert.equal((await alice.get("/api/v1/accounts/verify_credentials")).status, 200);
});

Deno.test("the secret key travels in an encrypted backup alone, and another one is not accepted", async () => {
  await using desk = await atDesk();
  await desk.world.person("alice");
  const { json: sealed } = await desk.json(`backup --to ${desk.folder} --json`);
  const { json: plain } = await desk.json(`backup --to ${desk.folder} --plain --json`);
  await using elsewhere = await emptyBeside(desk.world);
  const moved = (settings: Record<string, string>) =>
    premisesOf(desk.world, {
      DATABASE_URL: elsewhere.url,
      DATA_DIR: `${desk.folder}/data`,
      SECRET_KEY: "",
      ...settings,
    });

  const wrongKey = { BACKUP_PASSPHRASE: passphrase, SECRET_KEY: "another secret key, which is long enough" };
  const other = await typed(`restore ${sealed.path}`, moved(wrongKey));
  assert.match(other.err, /SECRET_KEY is not the key of this backup/);
  const missing = await typed(`restore ${plain.path}`, moved({}));
  assert.match(missing.err, /The secret key is not in this backup: set SECRET_KEY/);

  const { code, out, err } = await typed(`restore ${sealed.path}`, moved({ BACKUP_PASSPHRASE: passphrase }));
  assert.equal(code, 0, err);
  assert.match(out, /Its secret key lies in .*\/data\/secret_key/);
  assert.match(out, new RegExp(`Set BASE_URL=${desk.world.ctx.config.baseUrl}`));
  assert.equal(
    (await Deno.readTextFile(`${desk.folder}/data/secret_key`)).trim(),
    desk.world.ctx.config.secretKey,
  );
});

Deno.test("a backup of an older schema is restored into it, and brought up to date from there", async () => {
  await using desk = await atDesk();
  await desk.world.person("alice");
  await desk.world.pool.query("drop table backups cascade; delete from migrations where name like '0040%'");
  const client = await desk.world.ctx.connect("older riff");
  const place = placeOf(desk.folder, desk.world.ctx.config);
  await writeBackup(desk.world.ctx, client, "older.tar.gz", { place, say: () => {} });
  await client.end();
  const { code, err } = await desk.riff(`restore ${desk.folder}/older.tar.gz --replace --yes`);
  assert.equal(code, 0, err);
  const { rows } = await desk.world.pool.query("select to_regclass('backups') is not null as there");
  assert.deepEqual(rows, [{ there: true }]);

  await desk.world.pool.query("insert into migrations values (9999, '9999_from_the_future.sql')");
  const { json: newer } = await desk.json(`backup --to ${desk.folder} --json`);
  const refused = await desk.riff(`restore ${newer.path} --replace --yes`);
  assert.match(refused.err, /which is newer than this one: update riff first/);
});

Deno.test("the clock makes one backup a day, and removes those that have had their day", async () => {
  await using desk = await atDesk({ BACKUP_KEEP: "2d 0w 0m" });
  const lying = async () => (await Array.fromAsync(Deno.readDir(desk.folder))).map(({ name }) => name);
  const next = desk.world.ctx.now().toZonedDateTimeISO("UTC").add({ days: 1 }).startOfDay();
  desk.world.pass(desk.world.ctx.now().until(next.add({ hours: 2 }).toInstant()));
  const tick = () => chores.daily!.run(desk.world.ctx);
  await tick();
  assert.deepEqual(await lying(), [], "not before the hour");
  await Deno.writeTextFile(`${desk.folder}/holiday.jpg`, "not ours");
  await Deno.writeTextFile(`${desk.folder}/.riff-killed.part`, "half of one");
  desk.world.pass({ hours: 1 });
  await tick();
  await tick();
  assert.equal((await lying()).length, 2, "one of that day, and what is not ours");
  for (let day = 0; day < 3; day++) {
    desk.world.pass({ hours: 24 });
    await tick();
  }
  assert.equal((await lying()).length, 3);
  assert.ok((await lying()).includes("holiday.jpg"));
  const { rows: [records] } = await desk.world.pool.query(
    "select count(*)::int as made, max(error) as error from backups",
  );
  assert.deepEqual(records, { made: 4, error: null });
});

Deno.test("a backup that can't be written says why, and is on record as failed", async () => {
  await using desk = await atDesk();
  await Deno.writeTextFile(`${desk.folder}/file`, "");
  const { code } = await desk.riff(`backup --to ${desk.folder}/file`);
  assert.equal(code, 1);
  const { rows: [record] } = await desk.world.pool.query(
    "select ended_at is not null as ended, error from backups",
  );
  assert.equal(record.ended, true);
  assert.match(record.error, /Not a directory|AlreadyExists|File exists/);
  assert.equal((await desk.riff("backup --to x --plain x")).code, 2);
  await using there = premisesOf(desk.world);
  const { err } = await typed("backup --to x", there);
  assert.match(err, /A backup holds everybody's secrets: set BACKUP_PASSPHRASE/);
});

async function databases({ pool }: World): Promise<string[]> {
  const { rows } = await pool.query(
    "select datname as name from pg_database where starts_with(datname, current_database() || '_drill')",
  );
  return rows.map(({ name }) => name);
}
