import assert from "node:assert/strict";
import { hostileFiles, marker } from "../../scripts/hostile_media.ts";
import { hasFfmpeg } from "./films.ts";
import type { Person } from "./person.ts";
import { form, uploaded } from "./pictures.ts";
import { newWorld, type World } from "./world.ts";

/** Megabytes by which the process may have grown in the end: less than a single one of the bombs, decoded. */
const mostGrowth = 250;

Deno.test({
  name:
    "hostile files are refused in words and leave nothing behind, or nothing is left of what hides in them",
  ignore: !hasFfmpeg,
  fn: async () => {
    await using world = await newWorld();
    const alice = await world.person("alice");
    await uploaded(alice); // what is loaded once is loaded now
    const before = Deno.memoryUsage().rss;
    const table: string[][] = [["file", "bytes", "answer", "in words"]];
    for (const { name, type, bytes, outcome } of await hostileFiles()) {
      const kept = await keptIn(world);
      const { status, words, id } = await thrown(world, alice, { name, type, bytes });
      table.push([JSON.stringify(name).slice(1, -1), String(bytes.length), String(status), words]);
      assert.equal(status, outcome === "refused" ? 422 : 200, `${name}: ${words}`);
      if (outcome === "refused") assert.deepEqual(await keptIn(world), kept, name);
      if (id) await alice.delete(`/api/v1/media/${id}`);
    }
    const grown = Math.round((Deno.memoryUsage().rss - before) / 1_000_000);
    console.log(drawn([...table, ["all together", "", "", `memory grew by ${grown} MB`]]));
    assert.ok(grown < mostGrowth, `${grown} MB`);
    for (const text of await textsIn(world)) assert.ok(!text.includes(marker));
    for (const folder of [await world.ctx.files.incoming(), await world.ctx.files.waiting()]) {
      assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
    }
  },
});

/** What becomes of a file: at once, or after the worker has had its turn. */
async function thrown(
  world: World,
  alice: Person,
  { name, type, bytes }: { name: string; type: string; bytes: Uint8Array<ArrayBuffer> },
): Promise<{ status: number; words: string; id?: string }> {
  const { status, json } = await alice.post("/api/v2/media", form(bytes, {}, { name, type }));
  if (status !== 202) {
    return { status, words: json.error ?? `kept as ${json.url.split("/").at(-1)}`, id: json.id };
  }
  await world.settle();
  const later = await alice.get(`/api/v1/media/${json.id}`);
  return { status: later.status, words: later.json.error ?? "kept", id: json.id };
}

async function keptIn({ ctx }: World): Promise<string[]> {
  return (await Array.fromAsync(ctx.files.folder.list())).map(({ name }) => name).sort();
}

/** All that is kept, as if it were text. */
async function textsIn({ ctx }: World): Promise<string[]> {
  const names = await keptIn({ ctx } as World);
  return await Promise.all(
    names.map(async (name) =>
      new TextDecoder("latin1").decode(await Deno.readFile(ctx.files.folder.pathOf(name)))
    ),
  );
}

function drawn(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ").trimEnd()).join(
    "\n",
  );
}
