import type { Ctx } from "../base/ctx.ts";
import { Unavailable } from "../base/errors.ts";
import { fileByKey, filesToStore, type KeptFile, markInBucket, postpone } from "./file_store.ts";
import { namesOf } from "./keep.ts";

/** So many are brought to the bucket before it is looked whether more are due. */
const atOnce = 100;

/**
 * Brings what lies in the folder under this key to the bucket, and then takes it out of the folder. Where the bucket
 * does not take it, it stays where it is, and is brought again later.
 */
export async function store(ctx: Ctx, key: string): Promise<void> {
  const file = await fileByKey(ctx.db, key);
  if (file && !file.isInBucket) await bring(ctx, file);
}

/** The same for all that is due. Ends at the first that the bucket does not take: then it would take no other. */
export async function storeDue(ctx: Ctx): Promise<void> {
  if (!ctx.files.bucket) return;
  let files: KeptFile[];
  do {
    files = await filesToStore(ctx.db, ctx.now(), atOnce);
    for (const file of files) if (!await bring(ctx, file)) return;
  } while (files.length === atOnce);
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
