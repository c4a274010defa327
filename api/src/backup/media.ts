import { createHash } from "node:crypto";
import type { Client } from "pg";
import type { Ctx } from "../base/ctx.ts";
import type { Folder } from "../base/files/shelf.ts";
import { namesOf } from "../media/keep.ts";
import type { Sum, Writing } from "./archive.ts";
import { type MediaCopied, mediaFolder } from "./format.ts";
import { mediaFilesAfter } from "./store.ts";

/** What many files hash to, one after the other. */
export class MediaSum {
  readonly #hash = createHash("sha256");
  #files = 0;
  #bytes = 0;

  add(name: string, { bytes, sha256 }: Sum): void {
    this.#hash.update(`${name} ${bytes} ${sha256}\n`);
    this.#files++;
    this.#bytes += bytes;
  }

  /** Of all that were added; nothing more can be. */
  sum(): Omit<MediaCopied, "left"> {
    return { files: this.#files, bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }
}

const atOnce = 1_000;

/**
 * Puts all media that this snapshot knows of into the archive, wherever they lie. What was removed meanwhile, or is
 * lost, is counted: it hinders nothing. An empty file is none of ours.
 */
export async function putMedia({ files }: Ctx, client: Client, archive: Writing): Promise<MediaCopied> {
  const sums = new MediaSum();
  let left = 0;
  let page: Awaited<ReturnType<typeof mediaFilesAfter>> = [];
  do {
    page = await mediaFilesAfter(client, page.at(-1)?.key ?? "", atOnce);
    for (const name of page.flatMap(namesOf)) {
      const kept = await files.folder.get(name) ?? await files.bucket?.get(name);
      if (kept) sums.add(name, await archive.putAll(mediaFolder(name), kept.body));
      else left++;
    }
  } while (page.length === atOnce);
  return { ...sums.sum(), left };
}

/** Puts media back into the folder, part by part. The worker brings them to the bucket, where there is one. */
export class MediaFilling {
  #name = "";
  #draft?: string;

  constructor(private readonly folder: Folder) {}

  /** Parts of one name come one after the other. */
  async take(name: string, part: Uint8Array): Promise<void> {
    if (name !== this.#name) await this.end();
    this.#name = name;
    this.#draft ??= await Deno.makeTempFile({ prefix: "riff-media-" });
    await Deno.writeFile(this.#draft, part, { append: true });
  }

  /** The last name is whole. */
  async end(): Promise<void> {
    if (!this.#draft) return;
    try {
      await this.folder.put(this.#name, this.#draft);
    } finally {
      await Deno.remove(this.#draft);
      this.#draft = undefined;
    }
  }
}
