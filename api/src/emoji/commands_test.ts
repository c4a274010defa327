import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { pack } from "tar-stream";
import { newNeighbours, sees } from "../../test/neighbours.ts";
import { bytesAt, picture } from "../../test/pictures.ts";
import { premisesOf, typed } from "../../test/terminal.ts";
import { newWorld, type World } from "../../test/world.ts";

const names = (list: { shortcode: string }[]) => list.map(({ shortcode }) => shortcode);

Deno.test("an admin gives a server emojis, which show in names and posts, here and on other servers", async () => {
  await using neighbours = await newNeighbours();
  await using desk = await atDesk(neighbours.here);
  const [alice, rimu] = [await neighbours.here.person("alice"), await neighbours.there.person("rimu")];
  await neighbours.follows(rimu, alice);
  const kea = await desk.file(
    "kea.gif",
    await picture({ width: 300, height: 200, format: "gif", frames: 3 }),
  );

  assert.equal((await desk.riff(`emoji add kea ${kea} --category Birds`)).out, "Members can write :kea: now");
  const { json: [offered] } = await alice.get("/api/v1/custom_emojis");
  assert.deepEqual([offered.shortcode, offered.category, offered.visible_in_picker], ["kea", "Birds", true]);
  assert.match(offered.url, /\/original\.webp$/);
  assert.match(offered.static_url, /\/small\.webp$/);
  assert.equal((await bytesAt(neighbours.here.url, offered.url)).headers.get("content-type"), "image/webp");

  await alice.patch("/api/v1/accounts/update_credentials", { display_name: "Alice :kea:" });
  const post = await alice.says("Look, a :kea: and no :kiwi:");
  assert.deepEqual([names(post.emojis), names(post.account.emojis)], [["kea"], ["kea"]]);
  const page = await neighbours.here.visit(`/@alice/${post.id}`, { headers: { accept: "text/html" } });
  assert.match(page.text, /<img [^>]*alt=":kea:"/);
  await neighbours.settle();
  const there = await sees(rimu, post);
  assert.deepEqual([names(there.emojis), names(there.account.emojis)], [["kea"], ["kea"]]);
  const through = await bytesAt(neighbours.there.url, there.emojis[0].url);
  assert.deepEqual([through.status, through.headers.get("content-type")], [200, "image/webp"]);

  assert.deepEqual(
    (await desk.riff("emoji list")).out.split("\n").map((line) => line.split(/\s+/).slice(0, 2)),
    [
      ["NAME", "CATEGORY"],
      ["kea", "Birds"],
    ],
  );
  assert.equal((await desk.riff("emoji remove kea")).out, ":kea: is gone");
  assert.equal((await desk.riff("emoji remove kea", 1)).out, "");
  assert.deepEqual((await alice.get(`/api/v1/statuses/${post.id}`)).json.emojis, []);
  assert.deepEqual((await desk.riff("emoji list --json")).json, []);
});

Deno.test("what is no name or no picture is no emoji, and nothing is left of it", async () => {
  await using world = await newWorld();
  await using desk = await atDesk(world);
  const kea = await desk.file("kea.png", await picture({ format: "png" }));
  const script = await desk.file("x.png", new TextEncoder().encode("<svg onload='alert(1)'/>"));
  for (const wrong of [`k ${kea}`, `a-b ${kea}`, `kea ${script}`, `kea ${kea}.missing`]) {
    await desk.riff(`emoji add ${wrong}`, 1);
  }
  const { rows } = await world.pool.query(
    "select (select count(*) from emojis) + (select count(*) from media_files) n",
  );
  assert.equal(rows[0].n, "0");
});

for (const kind of ["folder", "tarball"] as const) {
  Deno.test(`a whole pack of emojis comes from a ${kind}, and what can't be used is named`, async () => {
    await using world = await newWorld();
    await using desk = await atDesk(world);
    const png = await picture({ format: "png" });
    await desk.riff(`emoji add kea ${await desk.file("first", png)}`);
    const { json: [before] } = await world.visit("/api/v1/custom_emojis");
    const path = await desk.pack(kind, {
      "kea.png": png,
      "tui.webp": await picture({ format: "webp" }),
      "damaged.png": png.slice(0, 60),
      "no good.png": png,
      "._kea.png": png,
      "README.md": png,
      ...(kind === "tarball" && { "../../../etc/weka.gif": await picture({ format: "gif" }) }),
    });
    const { json } = await desk.riff(`emoji import ${path} --category Birds --json`, 1);
    const more = kind === "tarball" ? ["weka"] : [];
    assert.deepEqual([json.added.sort(), json.kept], [["tui", ...more], ["kea"]]);
    assert.deepEqual(names(json.refused).sort(), ["damaged", "no good"]);
    await desk.riff(`emoji import ${path} --overwrite`, 1);
    const { json: now } = await world.visit("/api/v1/custom_emojis");
    assert.deepEqual(names(now).sort(), ["kea", "tui", ...more]);
    assert.notEqual(now.find((one: { shortcode: string }) => one.shortcode === "kea").url, before.url);
    const { rows: [audit] } = await world.pool.query("select count(*)::int as n from audit_log");
    assert.equal(audit.n, 1 + (1 + more.length) + (2 + more.length));
  });
}

Deno.test("what is no pack is refused with a reason", async () => {
  await using world = await newWorld();
  await using desk = await atDesk(world);
  const noise = crypto.getRandomValues(new Uint8Array(5_000));
  const cut = await desk.pack("tarball", { "kea.png": noise });
  await Deno.truncate(cut, 4_000); // within the picture
  for (
    const path of [cut, await desk.file("text.tar.gz", new Uint8Array(5_000).fill(65)), "/nowhere/at/all"]
  ) {
    await desk.riff(`emoji import ${path}`, 1);
  }
  assert.deepEqual(await Array.fromAsync(Deno.readDir(await world.ctx.files.incoming())), []);
});

/** An admin's desk before this world, with a folder for files. */
async function atDesk(world: World) {
  const folder = await Deno.makeTempDir();
  const premises = premisesOf(world, { DATA_DIR: world.ctx.config.dataDir });
  const file = async (name: string, bytes: Uint8Array) => {
    const path = `${folder}/${name}`;
    await Deno.writeFile(path, bytes);
    return path;
  };
  return {
    file,
    pack: async (kind: "folder" | "tarball", files: Record<string, Uint8Array>) => {
      if (kind === "folder") {
        await Deno.mkdir(`${folder}/pack`);
        for (const [name, bytes] of Object.entries(files)) await file(`pack/${name}`, bytes);
        return `${folder}/pack`;
      }
      const archive = pack();
      for (const [name, bytes] of Object.entries(files)) archive.entry({ name }, Buffer.from(bytes));
      archive.entry({ name: "link.png", type: "symlink", linkname: "/etc/passwd" });
      archive.finalize();
      await pipeline(archive, createGzip(), createWriteStream(`${folder}/pack.tar.gz`));
      return `${folder}/pack.tar.gz`;
    },
    riff: async (command: string, expected = 0) => {
      const { code, out, err } = await typed(command, premises);
      assert.equal(code, expected, `${command}: ${out} ${err}`);
      return { out, json: command.includes("--json") ? JSON.parse(out) : undefined };
    },
    [Symbol.asyncDispose]: async () => {
      await premises[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}
