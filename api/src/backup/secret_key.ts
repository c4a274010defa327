import type { Config } from "../base/config.ts";
import { Invalid } from "../base/errors.ts";
import { keepKey, keyFile, keyIn } from "../base/secret_key.ts";
import type { Front } from "./format.ts";

/** What has to happen with the key that came in a backup. */
export interface KeyToKeep {
  /** Puts it where riff finds it; answers the path, or nothing where it is there already. */
  keep(): Promise<string | undefined>;
}

/**
 * The sealed columns of a backup open with one key alone. Throws where the settings, or the file in `DATA_DIR`, have
 * another one: riff would start, and sign nothing any more.
 */
export async function restoreSecretKey(
  config: Pick<Config, "secretKey" | "dataDir">,
  { secretKey }: Front,
): Promise<KeyToKeep> {
  const here = config.secretKey ?? await keyIn(keyFile(config.dataDir));
  if (here && secretKey && here !== secretKey) {
    const where = config.secretKey ? "SECRET_KEY" : keyFile(config.dataDir);
    throw new Invalid(
      `${where} is not the key of this backup, without which nothing that is sealed in it opens. ` +
        "Take it away, and the restore puts the right one into DATA_DIR",
    );
  }
  if (!here && !secretKey) {
    throw new Invalid(
      "The secret key is not in this backup: set SECRET_KEY to the one that riff had when it was made",
    );
  }
  return {
    keep: async () => here ? undefined : await keepKey(config.dataDir, secretKey!),
  };
}
