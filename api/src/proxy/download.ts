import type { Ctx } from "../base/ctx.ts";
import { FetchFailed } from "../base/fetched.ts";
import { type Content, contentIn } from "../media/content.ts";

/** Bytes of a picture, and of film or sound: what is more is not kept, and so not fetched. */
const most = { image: 16_000_000, other: 99_000_000 };

/** Nothing takes more of the cache than this part of it. */
const largestShare = 0.25;

/** Milliseconds that all of it may take. */
const timeout = 120_000;

/** So many bytes tell what it is. */
const telling = 64;

/** What came: in a file of ours, and what it really is. */
export interface Downloaded {
  path: string;
  bytes: number;
  content: Content;
}

/** A file on its way from another server, which can be read while it comes. */
export class Download {
  /** Resolves as soon as its first bytes tell what it is. Rejects as `whole` does. */
  readonly content: Promise<Content>;
  /** Resolves when all of it has come. Rejects with `FetchFailed`; the file is gone then. */
  readonly whole: Promise<Downloaded>;
  readonly #path: string;
  #written = 0;
  #ended = false;
  #moved = Promise.withResolvers<void>();

  /** Begins. `path` is where the bytes go: a file that is not there yet. */
  constructor(ctx: Ctx, url: string, path: string, accept: string) {
    const known = Promise.withResolvers<Content>();
    this.content = known.promise;
    this.#path = path;
    this.whole = this.#fetch(ctx, url, accept, known.resolve).catch(async (error) => {
      await Deno.remove(path).catch(() => {});
      known.reject(error);
      throw error;
    }).finally(() => {
      this.#ended = true;
      this.#moved.resolve();
    });
    for (const promise of [this.content, this.whole]) promise.catch(() => {}); // whoever waits hears of it
  }

  async #fetch(
    ctx: Ctx,
    url: string,
    accept: string,
    know: (content: Content) => void,
  ): Promise<Downloaded> {
    using file = await Deno.open(this.#path, { write: true, createNew: true });
    const head = new Uint8Array(telling);
    let content: Content | undefined;
    const look = (host: string) => {
      content = contentIn(head.subarray(0, this.#written));
      if (!content) throw new FetchFailed("unreadable", `${host} sends no picture, film or sound`);
      know(content);
    };
    const { status, url: from } = await ctx.http.fetch(url, {
      headers: { accept },
      timeout,
      maxBytes: Math.min(most.other, ctx.config.mediaCacheBytes * largestShare),
      receive: async (piece, answer) => {
        const { host } = new URL(answer.url);
        if (this.#written < telling) head.set(piece.subarray(0, telling - this.#written), this.#written);
        await writeAll(file, piece);
        this.#written += piece.length;
        if (!content && this.#written >= telling) look(host);
        if (content?.kind === "image" && this.#written > most.image) {
          throw new FetchFailed("too_large", `${host} sends a picture of more than ${most.image} bytes`);
        }
        this.#moved.resolve();
        this.#moved = Promise.withResolvers();
      },
    });
    const { host } = new URL(from);
    if (status !== 200) throw new FetchFailed("refused", `${host} answered ${status}`, { status });
    if (!content) look(host);
    return { path: this.#path, bytes: this.#written, content: content! };
  }

  /** All of it from its beginning, as it comes. Breaks off where the download does. */
  async read(): Promise<ReadableStream<Uint8Array>> {
    const file = await Deno.open(this.#path);
    const buffer = new Uint8Array(65_536);
    let at = 0;
    return new ReadableStream({
      pull: async (to) => {
        try {
          while (at >= this.#written && !this.#ended) await this.#moved.promise;
          const read = at < this.#written ? await file.read(buffer) : null;
          if (read) {
            at += read;
            return to.enqueue(buffer.slice(0, read));
          }
          await this.whole;
          file.close();
          to.close();
        } catch (error) {
          file.close();
          to.error(error);
        }
      },
      cancel: () => file.close(),
    });
  }
}

async function writeAll(file: Deno.FsFile, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length;) at += await file.write(piece.subarray(at));
}
