import type { Ctx } from "../base/ctx.ts";
import { Invalid, TooLarge } from "../base/errors.ts";
import type { Upload } from "../base/upload.ts";
import { contentOf } from "./content.ts";
import { type MadeImage, makeImage, type Purpose } from "./image.ts";
import { place, type Placed } from "./keep.ts";
import { maxImageBytes } from "../instance/media_limits.ts";

/** A picture that lies where it is kept. */
export type PlacedImage =
  & Placed
  & Pick<MadeImage, "width" | "height" | "smallWidth" | "smallHeight" | "blurhash">;

/**
 * Makes a picture of what somebody sent, and puts it where it is kept: `noteKept` then makes it known. Throws
 * `Invalid` for what is none.
 */
export async function placePicture(ctx: Ctx, upload: Upload, purpose: Purpose): Promise<PlacedImage> {
  if (upload.bytes > maxImageBytes) {
    throw new TooLarge(`The picture is too large (at most ${maxImageBytes / 1024 / 1024} MB)`);
  }
  const content = await contentOf(upload.path);
  if (content?.kind !== "image") throw new Invalid("Validation failed: File is no picture that can be read");
  const made = await makeImage(ctx, upload.path, purpose);
  const { width, height, smallWidth, smallHeight, blurhash } = made;
  return { ...await place(ctx, made), width, height, smallWidth, smallHeight, blurhash };
}
