import assert from "node:assert/strict";

/**
 * Forty-four traps that real clients set to a server of Mastodon's API are known to us. Each has a test here that is
 * named after it.
 */
const count = 44;

/** Those that can't catch us yet, and why. */
const later: Record<number, string> = {
  39: "no streams",
  40: "no streams",
  41: "no duty of ours: some clients ask again and again instead of listening",
};

Deno.test("each trap has a test", async () => {
  const named = new Set<number>();
  for await (const { name } of Deno.readDir(import.meta.dirname!)) {
    const text = await Deno.readTextFile(`${import.meta.dirname}/${name}`);
    for (const [, number] of text.matchAll(/"trap (\d+): /g)) named.add(Number(number));
  }
  const all = Array.from({ length: count }, (_, index) => index + 1);
  assert.deepEqual(all.filter((trap) => !named.has(trap)), Object.keys(later).map(Number));
});
