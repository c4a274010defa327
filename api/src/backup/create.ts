import type { Client } from "pg";
import type { Ctx } from "../base/ctx.ts";
import { Conflict } from "../base/errors.ts";
import { loadSecretKey } from "../base/secret_key.ts";
import { version } from "../base/version.ts";
import { writeArchive, type Writing } from "./archive.ts";
import {
  type Back,
  backName,
  type Copied,
  fileNameOf,
  format,
  type Front,
  frontName,
  jobsFolder,
  tableFolder,
} from "./format.ts";
import { putMedia } from "./media.ts";
import type { Place } from "./place.ts";
import { sealStream } from "./seal.ts";
import { inBytes } from "../base/sizes.ts";
import {
  appliedMigrations,
  beginSnapshot,
  copyOut,
  copyOutJobs,
  finishBackup,
  insertBackup,
  sequencesOf,
  tablesOf,
  takeTurn,
} from "./store.ts";

/** Where to, and what goes along. */
export interface BackupOptions {
  place: Place;
  /** Unset: it lies there open, and the secret key stays out of it. */
  passphrase?: string;
  /** Whether pictures and other files go along. */
  withMedia?: boolean;
  /** Hears how far it is. */
  say: (line: string) => void;
}

/** A backup that is whole. */
export interface Made {
  name: string;
  place: string;
  bytes: number;
  rows: number;
  /** What would not open without the passphrase. */
  isSealed: boolean;
}

/**
 * Copies everything as it is at one moment, while people go on: all tables are read in one transaction, on a
 * connection of its own. A backup that fails half-way leaves nothing behind but a record of why.
 */
export async function makeBackup(ctx: Ctx, options: BackupOptions): Promise<Made> {
  const client = await ctx.connect("riff backup");
  try {
    if (!await takeTurn(client)) throw new Conflict("Another backup is being made just now");
    const startedAt = ctx.now();
    const name = fileNameOf(new URL(ctx.config.baseUrl).host, startedAt, options.passphrase !== undefined);
    const id = await insertBackup(ctx.db, { name, place: options.place.name, startedAt });
    try {
      const { bytes, rows } = await writeBackup(ctx, client, name, options);
      await finishBackup(ctx.db, id, { at: ctx.now(), bytes });
      return { name, place: options.place.name, bytes, rows, isSealed: options.passphrase !== undefined };
    } catch (error) {
      await finishBackup(ctx.db, id, { at: ctx.now(), error: String(error).slice(0, 500) });
      throw error;
    }
  } finally {
    await client.end();
  }
}

/** Writes one under this name, and answers how large it is: `makeBackup` without a word about it in the database. */
export async function writeBackup(
  ctx: Ctx,
  client: Client,
  name: string,
  options: BackupOptions,
): Promise<Pick<Made, "bytes" | "rows">> {
  const archive = writeArchive();
  const content = options.passphrase ? await sealStream(archive.stream, options.passphrase) : archive.stream;
  // Where one of the two fails, the other one fails for it: only the first says why.
  let reason: unknown;
  const spoil = (error: Error) => {
    reason ??= error;
    archive.spoil(error);
  };
  const [filled, written] = await Promise.all([
    fill(ctx, client, archive, options).catch(spoil),
    options.place.write(name, content).catch(spoil),
  ]);
  if (reason) throw reason;
  return { bytes: written!, rows: filled! };
}

/** Answers how many rows went in. */
async function fill(ctx: Ctx, client: Client, archive: Writing, options: BackupOptions): Promise<number> {
  const { say } = options;
  const madeAt = await beginSnapshot(client);
  const tables = await tablesOf(client);
  const front: Front = {
    ...{ format, version, tables },
    ...{ baseUrl: ctx.config.baseUrl, handleDomain: ctx.config.handleDomain },
    madeAt: madeAt.toString(),
    migrations: await appliedMigrations(client),
    ...(options.passphrase && { secretKey: await loadSecretKey(ctx.config) }),
  };
  await archive.put(frontName, JSON.stringify(front, null, 2));
  const copied: Record<string, Copied> = {};
  for (const [index, table] of tables.entries()) {
    const rows = copyOut(client, table);
    const sum = await archive.putAll(tableFolder(table.name), rows);
    copied[table.name] = { ...sum, rows: rows.rowCount };
    say(`${index + 1} of ${tables.length}: ${table.name}, ${rows.rowCount} rows`);
  }
  const jobs = copyOutJobs(client);
  const jobsSum = await archive.putAll(jobsFolder, jobs);
  const back: Back = {
    tables: copied,
    jobs: { ...jobsSum, rows: jobs.rowCount },
    sequences: await sequencesOf(client),
    ...(options.withMedia && { media: await putMedia(ctx, client, archive) }),
  };
  if (back.media) say(`${back.media.files} media files, ${inBytes(back.media.bytes)}`);
  await archive.put(backName, JSON.stringify(back, null, 2));
  archive.end();
  return Object.values(copied).reduce((sum, { rows }) => sum + rows, 0);
}
