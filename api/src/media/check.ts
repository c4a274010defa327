import type { Ctx } from "../base/ctx.ts";
import { Unavailable } from "../base/errors.ts";
import type { Shelf } from "../base/files/shelf.ts";
import { filesAfter, filesByKey, forgetFile, type KeptFile } from "./file_store.ts";
import { namesOf } from "./keep.ts";

/** What should be there and is not, and the other way round. */
export interface Findings {
  /** How many files are known, and how many names were found. */
  files: number;
  objects: number;
  /** Keys of files whose bytes are nowhere. */
  lost: string[];
  /** Names under which bytes lie that nobody knows, or that lie elsewhere already. */
  stray: string[];
}

const atOnce = 200;

/** What is younger may just be on its way. */
const settled = { hours: 1 };

/**
 * Holds what is known against what is there. With `fix` strays go, and what is lost is shown no more. Throws
 * `Unavailable` where the bucket does not answer.
 */
export async function checkMedia(ctx: Ctx, { fix }: { fix: boolean }): Promise<Findings> {
  const findings: Findings = { files: 0, objects: 0, lost: [], stray: [] };
  for await (const file of allFiles(ctx)) {
    findings.files++;
    if (await isThere(ctx, file)) continue;
    findings.lost.push(file.key);
    if (fix) await forgetFile(ctx.db, file.key);
  }
  const { folder, bucket } = ctx.files;
  for (const shelf of bucket ? [folder, bucket] : [folder]) {
    for await (const name of straysOn(ctx, shelf, shelf === folder, findings)) {
      findings.stray.push(name);
      if (fix) await shelf.remove(name);
    }
  }
  return findings;
}

async function* allFiles(ctx: Ctx): AsyncIterable<KeptFile> {
  for (let last = "";;) {
    const files = await filesAfter(ctx.db, last, atOnce);
    yield* files;
    if (files.length < atOnce) return;
    last = files.at(-1)!.key;
  }
}

async function isThere({ files: { folder, bucket } }: Ctx, file: KeptFile): Promise<boolean> {
  if (file.isInBucket && !bucket) {
    throw new Unavailable("Media lie in a bucket that the settings don't name: see S3_BUCKET");
  }
  for (const name of namesOf(file)) {
    const bytes = file.isInBucket ? await bucket!.size(name) : await folder.size(name);
    if (bytes === undefined) return false;
  }
  return true;
}

/** The names on a shelf that have no business there. */
async function* straysOn(
  ctx: Ctx,
  shelf: Shelf,
  isFolder: boolean,
  findings: Findings,
): AsyncIterable<string> {
  const before = ctx.now().subtract(settled);
  let some: string[] = [];
  for await (const { name, at } of shelf.list()) {
    findings.objects++;
    if (Temporal.Instant.compare(at, before) < 0) some.push(name);
    if (some.length < atOnce) continue;
    yield* await withoutBusiness(ctx, some, isFolder);
    some = [];
  }
  yield* await withoutBusiness(ctx, some, isFolder);
}

async function withoutBusiness({ db }: Ctx, names: readonly string[], isFolder: boolean): Promise<string[]> {
  const known = await filesByKey(db, names.map((name) => name.split("/")[0]!));
  return names.filter((name) => {
    const file = known.get(name.split("/")[0]!);
    return !file || !namesOf(file).includes(name) || (isFolder && file.isInBucket);
  });
}
