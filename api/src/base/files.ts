import type { Config } from "./config.ts";
import { bucket } from "./files/bucket.ts";
import { folder } from "./files/folder.ts";
import type { Folder, Shelf } from "./files/shelf.ts";

/** The places where media lie. */
export interface Files {
  /** Everything is put here first, on our own disk; without a bucket it stays. */
  folder: Folder;
  /** From here everything can be had on other machines, too. */
  bucket?: Shelf;
  /** What other servers' people show, kept for a while: see `proxy/`. */
  cache: Folder;
  /** Folders on the same disk: for uploads that come in, and for those that wait for the worker. Made at need. */
  incoming(): Promise<string>;
  waiting(): Promise<string>;
}

/** The places that the settings name. Nothing is opened before it is used. */
export function openFiles(config: Pick<Config, "dataDir" | "s3">): Files {
  const root = `${config.dataDir}/media`;
  const made = async (path: string) => {
    await Deno.mkdir(path, { recursive: true });
    return path;
  };
  return {
    folder: folder(`${root}/files`),
    cache: folder(`${root}/cache`),
    bucket: config.s3 && bucket(config.s3),
    incoming: () => made(`${root}/incoming`),
    waiting: () => made(`${root}/waiting`),
  };
}
