import type { Ctx } from "../base/ctx.ts";
import { Unavailable } from "../base/errors.ts";
import { deleteFile, deleteLoose, type KeptFile, unusedFiles } from "./file_store.ts";
import { namesOf } from "./keep.ts";

/** Uploads that no post has taken go after a day. */
const looseKept = { hours: 24 };
/** What nothing names, and what requests that broke off left behind. */
const unusedKept = { hours: 1 };
const brokenKept = { hours: 24 };

const atOnce = 100;

/** What a sweep has taken away. */
export interface Swept {
  uploads: number;
  files: number;
  bytes: number;
}

/** Takes away uploads that no post took, files that nothing names, and what was left behind half done. */
export async function sweep(ctx: Ctx): Promise<Swept> {
  const now = ctx.now();
  const swept: Swept = { uploads: await deleteLoose(ctx.db, now.subtract(looseKept)), files: 0, bytes: 0 };
  let files: KeptFile[];
  do {
    files = await unusedFiles(ctx.db, now.subtract(unusedKept), atOnce);
    for (const file of files) {
      if (!await removeFile(ctx, file)) return swept;
      swept.files++;
      swept.bytes += file.originalBytes + (file.smallBytes ?? 0);
    }
  } while (files.length === atOnce);
  for (const folder of [await ctx.files.incoming(), await ctx.files.waiting()]) {
    await removeOld(folder, now.subtract(brokenKept));
  }
  return swept;
}

/** First the bytes, then the row: broken off between, it is done again. False where the bucket does not answer. */
async function removeFile(ctx: Ctx, file: KeptFile): Promise<boolean> {
  const { folder, bucket } = ctx.files;
  try {
    for (const name of namesOf(file)) {
      await folder.remove(name);
      if (file.isInBucket) await bucket?.remove(name);
    }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    ctx.log.warning("The bucket did not remove a file, which is tried again", { key: file.key, error });
    return false;
  }
  await deleteFile(ctx.db, file.key);
  return true;
}

async function removeOld(folder: string, before: Temporal.Instant): Promise<void> {
  for await (const { name } of Deno.readDir(folder)) {
    const stat = await Deno.stat(`${folder}/${name}`).catch(() => undefined);
    if (stat?.mtime && stat.mtime.getTime() < before.epochMilliseconds) {
      await Deno.remove(`${folder}/${name}`).catch(() => {});
    }
  }
}
