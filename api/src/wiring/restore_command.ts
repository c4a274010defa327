import type { Command } from "commander";
import { drill } from "../backup/drill.ts";
import { loadBackup } from "../backup/load.ts";
import { backupAt } from "../backup/places.ts";
import { readFront, type Source } from "../backup/read.ts";
import { restoreSecretKey } from "../backup/secret_key.ts";
import { markDrilled } from "../backup/mark.ts";
import { Invalid } from "../base/errors.ts";
import { openFiles } from "../base/files.ts";
import { examples, invocation, type Outcome, type Terminal } from "../base/terminal.ts";
import type { Bare, Premises } from "./premises.ts";

interface RestoreOptions {
  drill?: true;
  replace?: true;
  yes?: true;
  passphraseStdin?: true;
}

type Handles = Omit<Terminal, "ctx">;

/** `riff restore`: works on a database that may be empty, so there is no server yet to be given to it. */
export function restoreCommand(
  riff: Command,
  premises: Premises,
  handles: Handles,
  tell: (outcome: Outcome) => void,
): void {
  riff.command("restore").description("put a backup back, or try whether one could be")
    .argument("<file>", "the backup")
    .option("--drill", "only for practice: into a database of its own, which is dropped afterwards")
    .option("--replace", "even where people live in the database: all that is there is deleted")
    .option("--yes", "don't ask whether that is meant")
    .option("--passphrase-stdin", "read the passphrase from stdin, instead of BACKUP_PASSPHRASE")
    .addHelpText(
      "after",
      examples("restore backups/riff-riff.example-20261125T030000Z.tar.gz.age --drill"),
    )
    .action(async (file: string, options: RestoreOptions) => {
      const passphrase = options.passphraseStdin ? await handles.readSecret() : undefined;
      const bare = await premises.bare();
      const source = {
        ...backupAt(file, bare.config),
        passphrase: passphrase ?? bare.config.backup.passphrase,
      };
      tell(
        options.drill ? await drilled(bare, source, handles) : await restored(bare, source, options, handles),
      );
    });
}

async function drilled(bare: Bare, source: Source, { say }: Handles): Promise<Outcome> {
  const { config, databaseUrl: url, databaseCa: ca } = bare;
  const found = await drill({ source, target: { url, ca }, secretKey: config.secretKey, say });
  if (found.faults.length > 0) {
    throw new Invalid(
      `This backup can't be trusted:\n${found.faults.map((fault) => `  ${fault}`).join("\n")}`,
    );
  }
  await markDrilled({ url, ca }, source.name);
  const tables = Object.keys(found.back.tables).length;
  return {
    lines: [
      `${source.name} can be restored: ${found.rows} rows in ${tables} tables, every rule between them holds, and ` +
      `${found.keysOpened} private keys open. It took ${found.seconds} seconds`,
      `It is ${found.front.baseUrl} as it was at ${found.front.madeAt}`,
    ],
    json: {
      ...{ restorable: true, rows: found.rows, tables, seconds: found.seconds },
      ...{ keys_opened: found.keysOpened, base_url: found.front.baseUrl, made_at: found.front.madeAt },
    },
  };
}

async function restored(
  bare: Bare,
  source: Source,
  options: RestoreOptions,
  { say, confirm }: Handles,
): Promise<Outcome> {
  const { config, databaseUrl: url, databaseCa: ca } = bare;
  const front = await readFront(source);
  const key = await restoreSecretKey(config, front);
  const { host } = new URL(front.baseUrl);
  if (options.replace && !options.yes) {
    await confirm(
      `All that is in the database goes, and ${host} of ${front.madeAt} comes. Type its name`,
      host,
    );
  }
  const { back } = await loadBackup({
    ...{ source, target: { url, ca }, replaces: options.replace === true },
    ...{ folder: openFiles(config).folder, say },
  });
  const path = await key.keep();
  const rows = Object.values(back.tables).reduce((sum, table) => sum + table.rows, 0);
  return {
    lines: [
      `Restored ${front.baseUrl} as it was at ${front.madeAt}: ${rows} rows, ${back.jobs.rows} jobs that were still to do`,
      back.media
        ? `${back.media.files} media files, which lie in ${config.dataDir}${
          back.media.left > 0 ? `; ${back.media.left} were not there when it was made` : ""
        }`
        : `Media are not in it: \`${invocation} media check\` says whether all that it knows of are there`,
      ...(path ? [`Its secret key lies in ${path}`] : []),
      ...(config.baseUrl === front.baseUrl ? [] : [`Set BASE_URL=${front.baseUrl} before you start riff`]),
      ...(config.handleDomain === front.handleDomain || front.handleDomain === host
        ? []
        : [`Set HANDLE_DOMAIN=${front.handleDomain}, too`]),
    ],
    json: {
      rows,
      jobs: back.jobs.rows,
      media: back.media?.files ?? 0,
      base_url: front.baseUrl,
      made_at: front.madeAt,
    },
  };
}
