import { recorded } from "../auth/by_command.ts";
import {
  type Commands,
  examples,
  invocation,
  Misuse,
  type Outcome,
  table,
  type Terminal,
} from "../base/terminal.ts";
import type { Config } from "../base/config.ts";
import { makeBackup } from "./create.ts";
import { timeIn } from "./format.ts";
import type { Place } from "./place.ts";
import { placeOf } from "./places.ts";
import { inBytes } from "../base/sizes.ts";
import { latestBackups } from "./store.ts";
import { removeOld } from "./tidy.ts";

/** `riff backup ...`; `riff restore` works on a database that may be empty, and stands in wiring/ therefore. */
export const commands: Commands = (riff, run) => {
  const backup = riff.command("backup").description("copy the whole database, while people go on");
  backup.command("make", { isDefault: true }).description("make a backup now")
    .option("--to <place>", "a folder, or s3://BUCKET/FOLDER, instead of BACKUP_TO")
    .option("--passphrase-stdin", "read the passphrase from stdin, instead of BACKUP_PASSPHRASE")
    .option("--plain", "don't encrypt: whoever gets it reads everything but what SECRET_KEY seals")
    .option("--media", "with pictures, films and sounds; also where BACKUP_MEDIA is off")
    .option("--prune", "then remove those that BACKUP_KEEP does not keep")
    .addHelpText(
      "after",
      examples("backup make", "backup make --to /mnt/usb --passphrase-stdin < passphrase.txt"),
    )
    .action(run(make));
  backup.command("list").description("which backups there are")
    .option("--to <place>", "a folder, or s3://BUCKET/FOLDER, instead of BACKUP_TO")
    .addHelpText("after", examples("backup list", "backup list --json"))
    .action(run(list));
};

interface MakeOptions {
  to?: string;
  passphraseStdin?: true;
  plain?: true;
  media?: true;
  prune?: true;
}

async function make(terminal: Terminal, options: MakeOptions): Promise<Outcome> {
  const { ctx, say } = terminal;
  const place = placeFrom(ctx.config, options.to);
  const passphrase = options.passphraseStdin ? await terminal.readSecret() : ctx.config.backup.passphrase;
  if (!passphrase && !options.plain) {
    throw new Misuse(
      "A backup holds everybody's secrets: set BACKUP_PASSPHRASE, pipe one in with --passphrase-stdin, or say --plain",
    );
  }
  const sealing = options.plain ? undefined : passphrase;
  const withMedia = options.media ?? ctx.config.backup.withMedia;
  const { name, bytes, rows, isSealed } = await makeBackup(ctx, {
    ...{ place, passphrase: sealing, withMedia, say },
  });
  const removed = options.prune ? await removeOld(ctx.config, place) : [];
  await recorded(ctx, { command: "backup", name }, () => Promise.resolve());
  const path = `${place.name}/${name}`;
  return {
    lines: [
      `Made ${path}: ${rows} rows, ${inBytes(bytes)}`,
      ...removed.map((one) => `Removed ${one}`),
      ...(withMedia ? [] : ["Media are not in it: --media takes them along"]),
      isSealed
        ? "Keep the passphrase somewhere else: without it nobody can restore this"
        : "SECRET_KEY is not in it. Keep that somewhere else: without it members' keys are lost",
      `\`${invocation} restore ${path} --drill\` shows that it can be restored`,
    ],
    json: { path, rows, bytes, encrypted: isSealed, removed },
  };
}

async function list({ ctx }: Terminal, { to }: { to?: string }): Promise<Outcome> {
  const place = placeFrom(ctx.config, to);
  const { host } = new URL(ctx.config.baseUrl);
  const known = new Map((await latestBackups(ctx.db, 1000)).map((record) => [record.name, record]));
  const lying = (await place.list()).flatMap(({ name, bytes }) => {
    const madeAt = timeIn(name, host);
    return madeAt ? [{ name, bytes, madeAt, drilledAt: known.get(name)?.drilledAt ?? null }] : [];
  });
  const rows = lying.map((one) => [one.name, inBytes(one.bytes), one.drilledAt?.toString() ?? "never"]);
  return {
    lines: lying.length === 0
      ? [`There is no backup in ${place.name}`]
      : table([["backup", "size", "restored for practice"], ...rows]),
    json: lying.map(({ name, bytes, madeAt, drilledAt }) => ({
      ...{ name, bytes },
      made_at: madeAt.toString(),
      drilled_at: drilledAt?.toString() ?? null,
    })),
  };
}

function placeFrom(config: Config, option: string | undefined): Place {
  const to = option ?? config.backup.to;
  if (!to) throw new Misuse("Say where: --to FOLDER, or set BACKUP_TO");
  return placeOf(to, config);
}
