import { createHash } from "node:crypto";
import { z } from "zod";
import { Invalid } from "../base/errors.ts";
import { readArchive } from "./archive.ts";
import { type Back, backName, format, type Front, frontName, mediaNameIn } from "./format.ts";
import { MediaSum } from "./media.ts";
import type { Place } from "./place.ts";
import { openStream } from "./seal.ts";

/** A backup, and what opens it. */
export interface Source {
  place: Place;
  name: string;
  passphrase?: string;
}

/** Hears what is in a backup, in its order. */
export interface Reader {
  front?(front: Front): Promise<void> | void;
  /** A part of what lies in that folder: parts of one folder come one after the other. */
  part?(folder: string, content: Uint8Array): Promise<void>;
}

const table = z.object({ name: z.string(), columns: z.array(z.string()) });
const frontSchema = z.object({
  format: z.number(),
  version: z.string(),
  baseUrl: z.string(),
  handleDomain: z.string(),
  madeAt: z.string(),
  migrations: z.array(z.string()),
  tables: z.array(table),
  secretKey: z.string().optional(),
});
const copied = z.object({ rows: z.number(), bytes: z.number(), sha256: z.string() });
const backSchema = z.object({
  tables: z.record(z.string(), copied),
  jobs: copied,
  sequences: z.record(z.string(), z.string()),
  media: z.object({ files: z.number(), bytes: z.number(), sha256: z.string(), left: z.number() }).optional(),
});

/** What a backup says of itself, front and back. */
export interface Read {
  front: Front;
  back: Back;
}

/**
 * Reads a backup from its first byte to its last. Throws `Invalid` where anything is missing or changed: what
 * returns is whole.
 */
export async function readBackup(source: Source, reader: Reader = {}): Promise<Read> {
  let front: Front | undefined;
  let back: Back | undefined;
  const sums = new Sums();
  for await (const { name, content } of readArchive(await opened(source))) {
    if (!front) {
      front = frontOf(name, content);
      await reader.front?.(front);
    } else if (name === backName) {
      back = backSchema.parse(JSON.parse(new TextDecoder().decode(content)));
    } else if (back) {
      throw new Invalid(`The backup goes on after its end (${name}): take another one`);
    } else {
      const folder = name.slice(0, name.lastIndexOf("/"));
      sums.add(folder, content);
      await reader.part?.(folder, content);
    }
  }
  if (!front || !back) throw new Invalid("The backup was cut off: take another one");
  sums.compare(back);
  return { front, back };
}

/** Only what stands at its front, which costs next to nothing. */
export async function readFront(source: Source): Promise<Front> {
  for await (const { name, content } of readArchive(await opened(source))) return frontOf(name, content);
  throw new Invalid("The backup is empty: take another one");
}

async function opened({ place, name, passphrase }: Source): Promise<ReadableStream<Uint8Array>> {
  const isSealed = name.endsWith(".age");
  if (isSealed && !passphrase) {
    throw new Invalid(
      "The backup is encrypted: set BACKUP_PASSPHRASE, or pipe the passphrase in with --passphrase-stdin",
    );
  }
  const stored = await place.read(name);
  return isSealed ? await openStream(stored, passphrase!) : stored;
}

function frontOf(name: string, content: Uint8Array): Front {
  if (name !== frontName) throw new Invalid("This is no backup of riff");
  const front = frontSchema.parse(JSON.parse(new TextDecoder().decode(content)));
  if (front.format > format) throw tooNew(front.version);
  return front as Front;
}

/** The refusal of what an older riff can't understand. */
export function tooNew(version: string): Invalid {
  return new Invalid(
    `The backup was made by riff ${version}, which is newer than this one: update riff first`,
  );
}

/** Hashes what is read, folder by folder, to be held against what was written. */
class Sums {
  readonly #found = new Map<string, { bytes: number; sha256: string }>();
  #folder = "";
  #hash = createHash("sha256");
  #bytes = 0;
  /** Of media only all together are written down: there may be very many. */
  readonly #media = new MediaSum();

  add(folder: string, content: Uint8Array): void {
    if (folder !== this.#folder) this.#next(folder);
    this.#hash.update(content);
    this.#bytes += content.length;
  }

  compare({ tables, jobs, media }: Back): void {
    this.#next("");
    if (media && media.sha256 !== this.#media.sum().sha256) {
      throw new Invalid("The backup is damaged in its media: take another one");
    }
    const all: [string, Back["jobs"]][] = [["jobs", jobs]];
    for (const [name, table] of Object.entries(tables)) all.push([`tables/${name}`, table]);
    for (const [folder, { bytes, sha256 }] of all) {
      const found = this.#found.get(folder);
      if (bytes !== (found?.bytes ?? 0) || (found && found.sha256 !== sha256)) {
        throw new Invalid(`The backup is damaged in ${folder}: take another one`);
      }
    }
  }

  #next(folder: string): void {
    const sum = { bytes: this.#bytes, sha256: this.#hash.digest("hex") };
    const name = mediaNameIn(this.#folder);
    if (name) this.#media.add(name, sum);
    else if (this.#folder) this.#found.set(this.#folder, sum);
    this.#folder = folder;
    this.#hash = createHash("sha256");
    this.#bytes = 0;
  }
}
