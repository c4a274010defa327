import { basename, dirname, resolve } from "node:path";
import type { Config } from "../base/config.ts";
import { Invalid, NotFound } from "../base/errors.ts";
import { bucketPlace } from "./bucket_place.ts";
import type { Lying, Place } from "./place.ts";

/** The place that a setting or an option names: a folder, or `s3://BUCKET/FOLDER`. */
export function placeOf(to: string, { s3 }: Pick<Config, "s3">): Place {
  const [, bucket, prefix = ""] = to.match(/^s3:\/\/([^/]+)(?:\/(.*?))?\/*$/) ?? [];
  if (!bucket) return folder(resolve(to));
  if (!s3) {
    throw new Invalid(`${to} is a bucket: say in S3_ENDPOINT, S3_ACCESS_KEY_ID and so on how to get there`);
  }
  return bucketPlace({ ...s3, bucket }, prefix);
}

/** A single backup, by the path that somebody typed: in what place, and under which name. */
export function backupAt(path: string, config: Pick<Config, "s3">): { place: Place; name: string } {
  const isInBucket = path.startsWith("s3://");
  return {
    place: placeOf(isInBucket ? dirname(path) : dirname(resolve(path)), config),
    name: basename(path),
  };
}

/** What is being written is called so: a killed riff leaves it behind, and the next backup clears it. */
const unfinished = /^\.riff-.*\.part$/;

function folder(path: string): Place {
  return {
    name: path,
    list: async () => {
      const found: Lying[] = [];
      for await (const { name, isFile } of entriesOf(path)) {
        if (isFile && !unfinished.test(name)) {
          found.push({ name, bytes: (await Deno.stat(`${path}/${name}`)).size });
        }
      }
      return found.sort((one, other) => one.name < other.name ? -1 : 1);
    },
    write: async (name, content) => {
      await Deno.mkdir(path, { recursive: true, mode: 0o700 });
      await removeUnfinished(path);
      const draft = `${path}/.${name}.part`;
      try {
        const bytes = await writeDurably(draft, content);
        await Deno.rename(draft, `${path}/${name}`);
        return bytes;
      } catch (error) {
        await Deno.remove(draft).catch(() => {});
        if ((error as { code?: string }).code !== "ENOSPC") throw error;
        throw new Invalid(
          `${path} is full: make room, or let BACKUP_KEEP keep fewer. Older backups are as they were`,
        );
      }
    },
    read: async (name) => {
      try {
        return (await Deno.open(`${path}/${name}`)).readable;
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) throw new NotFound(`There is no ${path}/${name}`);
        throw error;
      }
    },
    remove: (name) => Deno.remove(`${path}/${name}`),
  };
}

/** What lies in a folder; nothing where there is none. */
async function* entriesOf(path: string): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function removeUnfinished(path: string): Promise<void> {
  for await (const { name } of entriesOf(path)) {
    if (unfinished.test(name)) await Deno.remove(`${path}/${name}`).catch(() => {});
  }
}

/** Readable by its owner alone, and on the disk when this returns. */
async function writeDurably(path: string, content: ReadableStream<Uint8Array>): Promise<number> {
  using file = await Deno.open(path, { write: true, create: true, truncate: true, mode: 0o600 });
  let bytes = 0;
  for await (const chunk of content) {
    for (let written = 0; written < chunk.length;) written += await file.write(chunk.subarray(written));
    bytes += chunk.length;
  }
  await file.sync();
  return bytes;
}
