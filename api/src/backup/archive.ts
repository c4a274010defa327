import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import tar from "tar-stream";
import { Invalid } from "../base/errors.ts";

/** Tar archives that are written and read as a stream: never more than a part of a few megabytes is in memory. */

/** A tar archive says how long a file is before it begins, so what streams is cut into files of this size. */
const partBytes = 4 * 1024 * 1024;

/** What went into a folder, or came out of it. */
export interface Sum {
  bytes: number;
  /** Hex. */
  sha256: string;
}

/** An archive that is being written. */
export interface Writing {
  /** The archive, gzipped. Fails when `spoil` is called. */
  stream: ReadableStream<Uint8Array>;
  put(name: string, content: string): Promise<void>;
  /** All of this, as `FOLDER/000001` and so on. */
  putAll(folder: string, content: AsyncIterable<Uint8Array>): Promise<Sum>;
  end(): void;
  /** It will never be whole: whoever reads the stream hears why. */
  spoil(reason: Error): void;
}

export function writeArchive(): Writing {
  const pack = tar.pack();
  const zipped = createGzip({ level: 6 });
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {});
  pipeline(pack, zipped).catch((error) => broken.reject(error));
  /** Resolves when there is room for more: this is what keeps the memory small. */
  const entry = (name: string, content: Uint8Array) => {
    const written = new Promise<void>((resolve, reject) => {
      const done = (error?: Error | null) => error ? reject(error) : resolve();
      pack.entry(
        { name, mtime: new Date(0) },
        Buffer.from(content.buffer as ArrayBuffer, content.byteOffset, content.byteLength),
        done,
      );
    });
    return Promise.race([written, broken.promise]);
  };
  return {
    stream: Readable.toWeb(zipped) as ReadableStream<Uint8Array>,
    put: (name, content) => entry(name, new TextEncoder().encode(content)),
    putAll: async (folder, content) => {
      const hash = createHash("sha256");
      let bytes = 0;
      let count = 0;
      for await (const part of inParts(content, partBytes)) {
        hash.update(part);
        bytes += part.length;
        await entry(`${folder}/${String(++count).padStart(6, "0")}`, part);
      }
      return { bytes, sha256: hash.digest("hex") };
    },
    end: () => pack.finalize(),
    spoil: (reason) => {
      pack.destroy(reason);
      zipped.destroy(reason);
    },
  };
}

/** The same bytes in pieces of this size, of which the last one may be smaller. */
export async function* inParts(
  content: AsyncIterable<Uint8Array>,
  partBytes: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const part = new Uint8Array(partBytes);
  let filled = 0;
  for await (const chunk of content) {
    for (let taken = 0; taken < chunk.length;) {
      const piece = chunk.subarray(taken, taken + partBytes - filled);
      part.set(piece, filled);
      filled += piece.length;
      taken += piece.length;
      if (filled === partBytes) {
        yield part.slice();
        filled = 0;
      }
    }
  }
  if (filled > 0) yield part.slice(0, filled);
}

/** One file of an archive. */
export interface Entry {
  name: string;
  content: Uint8Array;
}

/** The files of an archive, one after the other. Throws `Invalid` where it is damaged or cut off. */
export async function* readArchive(stored: ReadableStream<Uint8Array>): AsyncGenerator<Entry> {
  const extract = tar.extract();
  const reading = pipeline(
    Readable.fromWeb(stored as Parameters<typeof Readable.fromWeb>[0]),
    createGunzip(),
    extract,
  );
  reading.catch(() => {}); // `extract` fails with the same
  try {
    for await (const entry of extract) {
      if ((entry.header.size ?? 0) > partBytes) {
        throw new Error(`${entry.header.name} is larger than any part`);
      }
      const pieces: Uint8Array[] = [];
      for await (const piece of entry) pieces.push(piece as Uint8Array);
      yield { name: entry.header.name, content: Buffer.concat(pieces) };
    }
    await reading;
  } catch (cause) {
    if (cause instanceof Invalid) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Invalid(`The backup is damaged or was cut off (${reason}): take another one`);
  }
}

/** Writes these bytes into a stream of Node's, one piece after the other, and closes it. */
export function writerTo(stream: Writable): WritableStreamDefaultWriter<Uint8Array> {
  return (Writable.toWeb(stream) as WritableStream<Uint8Array>).getWriter();
}
