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
  const path = keyFile(config.dataDir);
  const key = await keyIn(path) ?? await makeKey(config.dataDir);
  if (key.length < leastCharacters) {
    throw new Error(
      `${path} is damaged: put it back from a backup. A new one can't open what the old one sealed`,
    );
  }
  return key;
}

/** Where the key lies if no setting says it. */
export function keyFile(folder: string): string {
  return `${folder}/secret_key`;
}

/** The key in that file; undefined where there is none. */
export async function keyIn(path: string): Promise<string | undefined> {
  try {
    return (await Deno.readTextFile(path)).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Of two processes that start at once the slower one takes the key of the faster. */
async function makeKey(folder: string): Promise<string> {
  const key = crypto.getRandomValues(new Uint8Array(32)).toBase64();
  try {
    await keepKey(folder, key);
    return key;
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    return (await keyIn(keyFile(folder)))!;
  }
}

/**
 * Puts a key there and answers the path; throws where one is there already. It is written to the end under another
 * name and then linked into place: a crash leaves no half of it.
 */
export async function keepKey(folder: string, key: string): Promise<string> {
  await Deno.mkdir(folder, { recursive: true });
  const draft = await Deno.makeTempFile({ dir: folder, prefix: "secret_key-" });
  try {
    using file = await Deno.open(draft, { write: true });
    await file.write(new TextEncoder().encode(`${key}\n`));
    await file.sync();
    await Deno.link(draft, keyFile(folder));
    return keyFile(folder);
  } finally {
    await Deno.remove(draft);
  }
}
