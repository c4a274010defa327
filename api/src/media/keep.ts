import type { Ctx } from "../base/ctx.ts";
import { emit } from "../base/events.ts";
import { contentTypes } from "../base/files/shelf.ts";
import { insertFile, type NewFile } from "./file_store.ts";

/** What is to be kept, in temporary files of ours. */
export interface Made {
  original: { path: string; extension: string };
  small?: { path: string };
}

/** The bytes lie in the folder already; `noteKept` makes them known. */
export type Placed = Omit<NewFile, "at">;

/**
 * Puts bytes where they are kept, under a new key. What is not made known afterwards is rubbish that `check` finds.
 * Takes the temporary files away.
 */
export async function place(ctx: Ctx, { original, small }: Made): Promise<Placed> {
  const key = ctx.random(16).toHex();
  const { folder } = ctx.files;
  try {
    await folder.put(`${key}/original.${original.extension}`, original.path);
    if (small) await folder.put(`${key}/small.webp`, small.path);
    return {
      key,
      extension: original.extension,
      contentType: contentTypes[original.extension]!,
      originalBytes: (await Deno.stat(original.path)).size,
      smallBytes: small ? (await Deno.stat(small.path)).size : null,
    };
  } finally {
    for (const made of [original, small]) if (made) await Deno.remove(made.path).catch(() => {});
  }
}

/** Within the transaction that puts them to use. Where there is a bucket, it gets them soon. */
export async function noteKept(ctx: Ctx, placed: Placed): Promise<void> {
  await insertFile(ctx.db, { ...placed, at: ctx.now() });
  if (ctx.files.bucket) await emit(ctx, "file.kept", { key: placed.key });
}

/** The names under which a key keeps something. */
export function namesOf(file: { key: string; extension: string; smallBytes: number | null }): string[] {
  const original = `${file.key}/original.${file.extension}`;
  return file.smallBytes === null ? [original] : [original, `${file.key}/small.webp`];
}
