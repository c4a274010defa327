import type { RsaPair } from "../src/base/rsa.ts";

/**
 * A supply of keys. Making one takes a core for a tenth of a second, and every test needs a few: so `deno task test`
 * makes them once for all. Whoever lives in one test has keys of their own, as long as they are no more than these.
 */
let supply: Promise<RsaPair[]> | undefined;
let taken = 0;

/** Keys for one more account. */
export async function nextRsaPair(): Promise<RsaPair> {
  const pairs = await (supply ??= read());
  return pairs[taken++ % pairs.length]!;
}

async function read(): Promise<RsaPair[]> {
  const file = Deno.env.get("TEST_RSA_PAIRS");
  if (!file) throw new Error("This test needs keys: run it with `deno task test PATH`");
  const written: { publicPem: string; privateKey: string }[] = JSON.parse(await Deno.readTextFile(file));
  return written.map(({ publicPem, privateKey }) => ({
    publicPem,
    privateKey: Uint8Array.fromBase64(privateKey),
  }));
}
