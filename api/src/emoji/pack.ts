import { createReadStream, createWriteStream } from "node:fs";
import { basename, extname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { Ctx } from "../base/ctx.ts";
import { Invalid } from "../base/errors.ts";
import { maxImageBytes } from "../instance/media_limits.ts";

/** Many emojis at once: pictures in a folder, or in an archive as other servers hand them around. */

/** The picture of one, in a file that is there as long as `use` runs. */
export interface Found {
  shortcode: string;
  path: string;
}

/** More than this no server has. */
const mostInPack = 10_000;
/** Of an archive, however well it is packed. */
const mostPackedBytes = 1024 * 1024 * 1024;

const pictures = /\.(png|gif|webp|jpe?g|avif)$/i;

/**
 * Shows `use` every picture of a folder or of a `.tar.gz`, by name. Names that begin with a dot or an underscore are no
 * emojis: what systems leave behind is called so. Throws `Invalid` for what is neither.
 */
export async function eachInPack(
  ctx: Ctx,
  path: string,
  use: (found: Found) => Promise<void>,
): Promise<void> {
  const stat = await Deno.stat(path).catch(() => undefined);
  if (!stat) throw new Invalid(`There is no ${path}`);
  if (stat.isDirectory) await eachInFolder(path, use);
  else await eachInArchive(ctx, path, use);
}

async function eachInFolder(folder: string, use: (found: Found) => Promise<void>): Promise<void> {
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) if (isFile && isPicture(name)) names.push(name);
  if (names.length > mostInPack) throw tooMany();
  for (const name of names.sort()) await use({ shortcode: shortcodeOf(name), path: join(folder, name) });
}

/** Only the last part of a name counts, and files alone: nothing is written where an archive says. */
async function eachInArchive(
  ctx: Ctx,
  path: string,
  use: (found: Found) => Promise<void>,
): Promise<void> {
  const { extract } = await import("tar-stream");
  const entries = extract();
  const isPacked = await beginsWith(path, [0x1f, 0x8b]);
  const bounded = counted(mostPackedBytes);
  const reading = isPacked
    ? pipeline(createReadStream(path), createGunzip(), bounded, entries)
    : pipeline(createReadStream(path), bounded, entries);
  // What breaks off between two pieces is heard here alone: an entry that is gone by then would be waited for.
  const broken = new AbortController();
  reading.catch((error) => broken.abort(error));
  let count = 0;
  try {
    for await (const entry of entries) {
      const { name, type = "file", size = 0 } = entry.header;
      if (type !== "file" || size > maxImageBytes || !isPicture(name)) {
        entry.resume();
        continue;
      }
      if (++count > mostInPack) throw tooMany();
      const file = `${await ctx.files.incoming()}/${crypto.randomUUID()}`;
      try {
        await pipeline(entry, createWriteStream(file), { signal: broken.signal });
        await use({ shortcode: shortcodeOf(name), path: file });
      } finally {
        await Deno.remove(file).catch(() => {});
      }
    }
    await reading;
  } catch (cause) {
    entries.destroy();
    if (cause instanceof Invalid) throw cause;
    throw Object.assign(new Invalid(`${path} is no folder, and no .tar.gz that can be read`), { cause });
  }
}

/** Lets so many bytes through, and no more. */
function counted(most: number) {
  return async function* (source: AsyncIterable<Uint8Array>) {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > most) throw new Invalid(`There is more in it than ${most} bytes`);
      yield chunk;
    }
  };
}

async function beginsWith(path: string, bytes: number[]): Promise<boolean> {
  using file = await Deno.open(path);
  const head = new Uint8Array(bytes.length);
  await file.read(head);
  return bytes.every((byte, index) => head[index] === byte);
}

function isPicture(name: string): boolean {
  return pictures.test(name) && !/^[._]/.test(basename(name));
}

function shortcodeOf(name: string): string {
  return basename(name, extname(name));
}

function tooMany(): Invalid {
  return new Invalid(`These are too many at once: at most ${mostInPack}`);
}
