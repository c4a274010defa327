import type { Metadata, Sharp, SharpOptions } from "sharp";
import { giveMemoryBack } from "../base/allocator.ts";
import type { Ctx } from "../base/ctx.ts";
import { Invalid } from "../base/errors.ts";
import { gate } from "../base/gate.ts";
import {
  maxFrames,
  maxImagePixels,
  maxMovingPixels,
  originalPixels,
  smallPixels,
} from "../instance/media_limits.ts";

/** Pictures: every one is decoded and written anew, so that nothing of the file that came is left but what it shows. */

/**
 * One at a time, on one thread: a burst of uploads must not take the box, and whoever reads meanwhile must not notice.
 * The others wait, their files on disk. Two at once were not faster on one core, and doubled what the slowest waited.
 */
const oneAtATime = gate(1, 30);

/** Seconds for each step. */
const patience = 20;

/** What a picture is for: that decides its form. */
export type Purpose = "attachment" | "avatar" | "header" | "emoji";

/** A picture as it is kept, in temporary files. */
export interface MadeImage {
  original: { path: string; extension: string };
  small: { path: string };
  width: number;
  height: number;
  smallWidth: number;
  smallHeight: number;
  blurhash: string;
}

/** Avatars and headers are cut to the shape that they are shown in; an emoji is shown whole, and small. */
const frames = {
  avatar: { width: 400, height: 400, fit: "cover" },
  header: { width: 1500, height: 500, fit: "cover" },
  emoji: { width: 128, height: 128, fit: "inside", withoutEnlargement: true },
} as const;

/**
 * Makes of any picture the one that is kept: upright, without what else its file told, no larger than needed, and
 * with a small one. Throws `Invalid` for what is none, or too large to be decoded, and `Unavailable` where too many
 * wait.
 */
export async function makeImage(ctx: Ctx, path: string, purpose: Purpose): Promise<MadeImage> {
  return await oneAtATime(async () => {
    const { sharp, open } = await openerOf(path);
    try {
      const found = await open().metadata();
      const moves = requireBounds(found);
      const { extension, write } = formFor(found, moves, purpose);
      const original = await newFile(ctx, extension);
      const source = open(moves ? { animated: true, limitInputPixels: maxMovingPixels } : {});
      const made = await write(fit(source.autoOrient(), found, purpose)).toFile(original);
      const small = await newFile(ctx, "webp");
      const shrunk = await shrink(open, found, purpose).toFile(small);
      return {
        original: { path: original, extension },
        small: { path: small },
        width: made.width,
        height: made.pageHeight ?? made.height,
        smallWidth: shrunk.width,
        smallHeight: shrunk.height,
        blurhash: await blurhashOf(sharp(small)),
      };
    } catch (cause) {
      if (cause instanceof Invalid) throw cause;
      if (cause instanceof Error && /pixel limit/.test(cause.message)) throw tooManyPixels();
      throw Object.assign(unreadable(), { cause });
    } finally {
      await giveMemoryBack();
    }
  });
}

/** The small picture alone: for what is not ours to keep. Answers its temporary file. Throws as `makeImage` does. */
export async function makeSmall(ctx: Ctx, path: string, purpose: Purpose): Promise<string> {
  return await oneAtATime(async () => {
    const { open } = await openerOf(path);
    try {
      const found = await open().metadata();
      requireBounds(found);
      const small = await newFile(ctx, "webp");
      await shrink(open, found, purpose).toFile(small);
      return small;
    } catch (cause) {
      if (cause instanceof Invalid) throw cause;
      throw Object.assign(unreadable(), { cause });
    } finally {
      await giveMemoryBack();
    }
  });
}

/** Opens a picture for one more look, within bounds. */
type Opener = (more?: SharpOptions) => Sharp;

async function openerOf(path: string) {
  const { default: sharp } = await import("sharp");
  sharp.concurrency(1);
  sharp.cache(false);
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: loaders.map((loader) => `VipsForeignLoad${loader}`) });
  const open: Opener = (more = {}) =>
    sharp(path, { limitInputPixels: maxImagePixels, failOn: "error", ...more }).timeout({
      seconds: patience,
    });
  return { sharp, open };
}

async function newFile(ctx: Ctx, extension: string): Promise<string> {
  return `${await ctx.files.incoming()}/${crypto.randomUUID()}.${extension}`;
}

/** No other reads anything: what a file is, its first bytes have said; SVG and its like would read further files. */
const loaders = ["Jpeg", "Png", "Webp", "Nsgif", "Heif"].flatMap((one) => [`${one}File`, `${one}Buffer`]);

/** Refuses what is too large before anything of it is decoded, and answers whether it moves. */
function requireBounds({ width, height, pages = 1 }: Metadata): boolean {
  if (width * height > maxImagePixels) throw tooManyPixels();
  if (pages > maxFrames || width * height * pages > maxMovingPixels) {
    throw new Invalid(`Validation failed: File has too many frames (at most ${maxFrames})`);
  }
  return pages > 1;
}

interface Form {
  extension: string;
  write(image: Sharp): Sharp;
}

/**
 * The format stays what it was. AVIF is read and not written, for that takes seconds; people's own pictures are all
 * of one kind, so that their address need not say which.
 */
function formFor({ format, hasAlpha }: Metadata, moves: boolean, purpose: Purpose): Form {
  const webp = {
    extension: "webp",
    write: (image: Sharp) => image.webp({ quality: 85, effort: moves ? 2 : 4 }),
  };
  if (purpose !== "attachment" || format === "webp") return webp;
  if (format === "gif") {
    return moves
      ? { extension: "gif", write: (image) => image.gif({ effort: 3, reuse: true }) }
      : { extension: "png", write: (image) => image.png() };
  }
  if (format === "png") return { extension: "png", write: (image) => image.png() };
  if (hasAlpha) return webp;
  return { extension: "jpg", write: (image) => image.jpeg({ quality: 85 }) };
}

function fit(image: Sharp, found: Metadata, purpose: Purpose): Sharp {
  const upright = image.toColourspace("srgb");
  return purpose === "attachment" ? within(upright, found, originalPixels) : upright.resize(frames[purpose]);
}

/** It never moves. */
function shrink(open: Opener, found: Metadata, purpose: Purpose): Sharp {
  const upright = open({ pages: 1 }).autoOrient().toColourspace("srgb");
  const shrunk = purpose === "attachment"
    ? within(upright, found, smallPixels)
    : upright.resize(frames[purpose]);
  return shrunk.webp({ quality: 80 });
}

/** No more pixels than this, and the same shape. */
function within(image: Sharp, { autoOrient: { width, height } }: Metadata, pixels: number): Sharp {
  const scale = Math.sqrt(pixels / (width * height));
  if (scale >= 1) return image;
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return image.resize({ width: side(width), height: side(height), fit: "fill" });
}

/** A blur of it in thirty characters, which clients show until it is there. */
async function blurhashOf(image: Sharp): Promise<string> {
  const { encode } = await import("blurhash");
  const { data, info } = await image.resize(32, 32, { fit: "inside" }).ensureAlpha().raw()
    .toBuffer({ resolveWithObject: true });
  return encode(new Uint8ClampedArray(data), info.width, info.height, 4, 3);
}

function tooManyPixels(): Invalid {
  return new Invalid(`Validation failed: File has too many pixels (at most ${maxImagePixels})`);
}

function unreadable(): Invalid {
  return new Invalid("Validation failed: File is damaged, or no picture that can be read");
}
