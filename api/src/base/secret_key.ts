import type { Config } from "./config.ts";

/** As `SECRET_KEY` asks for: shorter keys can be guessed. */
const leastCharacters = 32;

/**
 * The server's secret key: `SECRET_KEY`, or else the file `secret_key` in `DATA_DIR`, which the first start
 * makes (base64 of 32 random bytes, readable by its owner alone). Whoever loses it loses every actor's
 * private key, so it belongs into the backup.
 */
export async function loadSecretKey(config: Pick<Config, "secretKey" | "dataDir">): Promise<string> {
  if (config.secretKey) return config.secretKey;
  const path = `${config.dataDir}/secret_key`;
  const key = await keyIn(path) ?? await makeKey(path, config.dataDir);
  if (key.length < leastCharacters) {
    throw new Error(
      `${path} is damaged: put it back from a backup. A new one can't open what the old one sealed`,
    );
  }
  return key;
}

async function keyIn(path: string): Promise<string | undefined> {
  try {
    return (await Deno.readTextFile(path)).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * The key is written to the end under another name and then linked into place: a crash leaves no half of it,
 * and of two processes that start at once the slower one takes the key of the faster.
 */
async function makeKey(path: string, folder: string): Promise<string> {
  await Deno.mkdir(folder, { recursive: true });
  const draft = await Deno.makeTempFile({ dir: folder, prefix: "secret_key-" });
  try {
    using file = await Deno.open(draft, { write: true });
    const key = crypto.getRandomValues(new Uint8Array(32)).toBase64();
    await file.write(new TextEncoder().encode(`${key}\n`));
    await file.sync();
    await Deno.link(draft, path);
    return key;
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    return (await keyIn(path))!;
  } finally {
    await Deno.remove(draft);
  }
}
