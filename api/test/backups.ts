import assert from "node:assert/strict";
import { premisesOf, type Sitting, typed } from "./terminal.ts";
import { dropDatabase, emptyDatabase, newWorld, urlOf, type World } from "./world.ts";

export const passphrase = "correct horse battery staple";

/** A world, a folder, and somebody who types. */
export async function atDesk(settings: Record<string, string> = {}) {
  const folder = await Deno.makeTempDir({ prefix: "riff-backups-" });
  const backup = { BACKUP_TO: folder, BACKUP_PASSPHRASE: passphrase, ...settings };
  const world = await newWorld({ settings: backup });
  // A world's processes are none of the machine's: nothing has to be stopped.
  const premises = () =>
    premisesOf(world, {
      ...backup,
      ...{ BASE_URL: world.ctx.config.baseUrl, DATA_DIR: world.ctx.config.dataDir },
    });
  const riff = async (command: string, sitting?: Sitting) => {
    await using there = premises();
    return await typed(command, there, sitting);
  };
  return {
    world,
    folder,
    riff,
    json: async (command: string) => {
      const { code, out, err } = await riff(command);
      assert.equal(code, 0, err);
      return { json: JSON.parse(out) };
    },
    newIds: async (count: number) => {
      const { rows } = await world.pool.query("select new_id()::text as id from generate_series(1, $1)", [
        count,
      ]);
      return rows.map(({ id }) => id as string);
    },
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Another database on the server of this world's, with nothing in it. */
export async function emptyBeside({ database }: World) {
  const name = `${database}_empty`;
  await emptyDatabase(name);
  return { url: urlOf(name), [Symbol.asyncDispose]: () => dropDatabase(name) };
}
