import { Buffer } from "node:buffer";
import type { Readable, Writable } from "node:stream";
import { BadRequest, Refusal, TooLarge } from "./errors.ts";

/** Files that clients send: they go to disk as they come in, and never lie whole in memory. */

/** A file that came with a request. It lies in a temporary place until the request ends, unless it is moved. */
export class Upload {
  constructor(
    /** Where it lies. */
    readonly path: string,
    /** What the client calls it, and says that it is: neither means anything. */
    readonly name: string,
    readonly type: string,
    readonly bytes: number,
  ) {}
}

/** Which files a request may bring, and where they go. */
export interface Taking {
  /** Of all files together. */
  maxBytes: number;
  /** An existing folder. */
  folder: string;
  /** All that has come so far is listed here: to be discarded when the request ends. */
  taken: Upload[];
}

/** More than this no endpoint knows; of fields, see `input.ts`. */
const mostFiles = 8;
const mostFields = 4_096;
const mostFieldBytes = 1_000_000;

/** What a form has: texts, and files. */
export type Part = [key: string, value: string | Upload];

/**
 * Reads a multipart form whose files go to `folder`. Throws `TooLarge` beyond what is allowed, and `BadRequest` where
 * it is malformed or breaks off.
 */
export async function readForm(request: Request, taking: Taking): Promise<Part[]> {
  try {
    return await new Reading(taking).read(request);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new BadRequest("The multipart body is malformed or ended too early", { cause: error });
  }
}

/** Removes what was not moved elsewhere. */
export async function discard(uploads: readonly Upload[]): Promise<void> {
  await Promise.all(uploads.map(({ path }) => Deno.remove(path).catch(() => {})));
}

/** One form on its way in. */
class Reading {
  readonly #parts: Part[] = [];
  readonly #writing: Promise<void>[] = [];
  readonly #streams: Readable[] = [];
  /** Which parts are fields for files that were left empty. */
  readonly #left = new Set<number>();
  #fieldBytes = 0;
  #fileBytes = 0;

  constructor(readonly taking: Taking) {}

  async read(request: Request): Promise<Part[]> {
    const { Busboy } = await import("@fastify/busboy");
    const parser = new Busboy({
      headers: { "content-type": request.headers.get("content-type") ?? "" },
      limits: { files: mostFiles, fields: mostFields, fieldSize: mostFieldBytes, fieldNameSize: 1_000 },
    });
    const failed = Promise.withResolvers<never>();
    failed.promise.catch(() => {}); // whoever writes hears of it; afterwards nobody does
    parser.on("error", (error) => failed.reject(error));
    parser.on("filesLimit", () => failed.reject(new BadRequest("There are too many files")));
    parser.on("fieldsLimit", () => failed.reject(new BadRequest("There are too many parameters")));
    parser.on("field", (name, value) => {
      this.#fieldBytes += Buffer.byteLength(value);
      if (this.#fieldBytes > mostFieldBytes) failed.reject(new TooLarge());
      this.#parts.push([name, value]);
    });
    parser.on("file", (name, stream, fileName, _, type) => {
      this.#streams.push(stream);
      stream.on("error", failed.reject); // it may break off before anybody reads it, and must not go unheard
      const written = this.#write(name, stream, fileName ?? "", type);
      this.#writing.push(written);
      written.catch((error) => failed.reject(error));
    });
    const finished = new Promise<void>((resolve) => parser.on("finish", resolve));
    try {
      for await (const chunk of request.body ?? []) await Promise.race([feed(parser, chunk), failed.promise]);
      parser.end();
      await Promise.race([finished, failed.promise]);
      await Promise.race([Promise.all(this.#writing), failed.promise]);
      return this.#parts.filter((_, at) => !this.#left.has(at));
    } finally {
      parser.destroy();
      for (const stream of this.#streams) stream.destroy();
      await Promise.allSettled(this.#writing);
    }
  }

  /** A field for files that was left empty comes as a nameless empty file, and counts as not there. */
  async #write(name: string, stream: Readable, fileName: string, type: string): Promise<void> {
    const path = `${this.taking.folder}/${crypto.randomUUID()}`;
    const at = this.#parts.push([name, ""]) - 1;
    this.taking.taken.push(new Upload(path, fileName, type, 0));
    using file = await Deno.open(path, { write: true, createNew: true });
    let bytes = 0;
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      this.#fileBytes += chunk.length;
      if (this.#fileBytes > this.taking.maxBytes) throw tooLarge(this.taking.maxBytes);
      for (let rest = chunk; rest.length > 0;) rest = rest.subarray(await file.write(rest));
    }
    if (fileName !== "" || bytes > 0) this.#parts[at] = [name, new Upload(path, fileName, type, bytes)];
    else this.#left.add(at);
  }
}

/** Resolves when the parser takes more. */
async function feed(parser: Writable, chunk: Uint8Array): Promise<void> {
  if (parser.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))) return;
  await new Promise<void>((resolve) => parser.once("drain", resolve));
}

function tooLarge(most: number): TooLarge {
  return new TooLarge(`The file is too large (at most ${Math.floor(most / 1024 / 1024)} MB)`);
}
