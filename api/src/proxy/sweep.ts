import type { Ctx } from "../base/ctx.ts";
import { cachedFile } from "./keep.ts";
import { cachedNamesAfter } from "./store.ts";

/** What is younger may just be on its way. */
const settled = { hours: 1 };

const atOnce = 1_000;

/**
 * Takes bytes out of the cache that nobody knows of: the process ended between forgetting them and removing them, or
 * their room was needed before they were there. The cap would not count them. Answers how many bytes they were.
 */
export async function sweepCache(ctx: Ctx): Promise<number> {
  const known = new Set<string>();
  for await (const name of allNames(ctx)) known.add(cachedFile(name));
  const before = ctx.now().subtract(settled);
  let swept = 0;
  for await (const { name, bytes, at } of ctx.files.cache.list()) {
    if (known.has(name) || Temporal.Instant.compare(at, before) > 0) continue;
    await ctx.files.cache.remove(name);
    swept += bytes;
  }
  return swept;
}

async function* allNames({ db }: Ctx): AsyncIterable<string> {
  for (let last = "";;) {
    const names = await cachedNamesAfter(db, last, atOnce);
    yield* names;
    if (names.length < atOnce) return;
    last = names.at(-1)!;
  }
}
