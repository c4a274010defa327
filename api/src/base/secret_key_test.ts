import assert from "node:assert/strict";
import { loadSecretKey } from "./secret_key.ts";

async function inFolder(story: (dataDir: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "riff-secret-key-" });
  try {
    await story(`${folder}/data`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the first start makes a secret key that later starts find, and that only its owner can read", () =>
  inFolder(async (dataDir) => {
    const key = await loadSecretKey({ dataDir });
    assert.equal(Uint8Array.fromBase64(key).length, 32);
    assert.equal(await loadSecretKey({ dataDir }), key);
    const { mode } = await Deno.stat(`${dataDir}/secret_key`);
    if (Deno.build.os !== "windows") assert.equal(mode! & 0o777, 0o600);
  }));

Deno.test("processes that start at once agree on one secret key and leave nothing else behind", () =>
  inFolder(async (dataDir) => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => loadSecretKey({ dataDir })));
    assert.equal(new Set(keys).size, 1);
    assert.deepEqual(Array.from(Deno.readDirSync(dataDir), ({ name }) => name), ["secret_key"]);
  }));

Deno.test("a SECRET_KEY that is set is used, and no file is made", () =>
  inFolder(async (dataDir) => {
    assert.equal(await loadSecretKey({ dataDir, secretKey: "s".repeat(40) }), "s".repeat(40));
    await assert.rejects(Deno.stat(dataDir), Deno.errors.NotFound);
  }));

Deno.test("a damaged secret key stops the start, for a new one could not open what the old one sealed", () =>
  inFolder(async (dataDir) => {
    await Deno.mkdir(dataDir);
    await Deno.writeTextFile(`${dataDir}/secret_key`, "\n");
    await assert.rejects(loadSecretKey({ dataDir }), /secret_key is damaged: put it back from a backup/);
    assert.equal(await Deno.readTextFile(`${dataDir}/secret_key`), "\n");
  }));
