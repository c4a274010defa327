import type { Ctx } from "../base/ctx.ts";
import { Unavailable } from "../base/errors.ts";
import type { Folder } from "../base/files/shelf.ts";
import { fileByKey, filesToStore, type KeptFile, markInBucket, postpone } from "./file_store.ts";
import { namesOf } from "./keep.ts";

/** So many are looked up at once. */
const atOnce = 100;

/**
 * Brings what lies in the folder under this key to the bucket, and then takes it out of the folder. Where the bucket
 * does not take it, it stays where it is, and is brought again later; what lies on another machine, that one brings.
 */
export async function store(ctx: Ctx, key: string): Promise<void> {
  const file = await fileByKey(ctx.db, key);
  if (file && !file.isInBucket && await lieHere(ctx, file)) await bring(ctx, file);
}

/**
 * The same for all in this machine's folder that is due. Ends at the first that the bucket does not take: then it would
 * take no other.
 */
export async function storeDue(ctx: Ctx): Promise<void> {
  if (!ctx.files.bucket) return;
  for await (const keys of keysIn(ctx.files.folder)) {
    for (const file of await filesToStore(ctx.db, keys, ctx.now())) if (!await bring(ctx, file)) return;
  }
}

/** The keys of all that lies there, some at a time. */
async function* keysIn(folder: Folder): AsyncIterable<string[]> {
  let keys = new Set<string>();
  for await (const { name } of folder.list()) {
    keys.add(name.split("/")[0]!);
    if (keys.size < atOnce) continue;
    yield [...keys];
    keys = new Set();
  }
  if (keys.size > 0) yield [...keys];
}

async function lieHere({ files: { folder } }: Ctx, file: KeptFile): Promise<boolean> {
  return await folder.size(namesOf(file)[0]!) !== undefined;
}

/** False where the bucket did not take it. */
async function bring(ctx: Ctx, file: KeptFile): Promise<boolean> {
  const { folder, bucket } = ctx.files;
  if (!bucket) return false;
  const names = namesOf(file);
  try {
    for (const name of names) await bucket.put(name, folder.pathOf(name));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      ctx.log.error("A file is not where it was put: see `riff media check`", { key: file.key });
    } else if (!(error instanceof Unavailable)) throw error;
    ctx.log.warning("The bucket did not take a file, which is tried again", { key: file.key, error });
    await postpone(ctx.db, file.key, ctx.now());
    return false;
  }
  await markInBucket(ctx.db, file.key, ctx.now());
  for (const name of names) await folder.remove(name);
  return true;
}
