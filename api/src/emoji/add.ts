import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Invalid } from "../base/errors.ts";
import { Upload } from "../base/upload.ts";
import { noteKept } from "../media/keep.ts";
import { placePicture } from "../media/picture_upload.ts";
import { shortcode } from "./emoji.ts";
import { upsertOwnEmoji } from "./store.ts";

/** One of our own, new or with a new picture. */
export interface EmojiDraft {
  shortcode: string;
  /** The file with its picture: it stays where it is. */
  path: string;
  /** What is not said stays. */
  category?: string;
}

/**
 * Makes an emoji that members may write from now on; where there is one of that name, it looks so from now on. What is
 * posted already shows it, too. Throws `Invalid` for a name that can't stand between colons, and as uploads do.
 */
export async function addEmoji(ctx: Ctx, draft: EmojiDraft): Promise<void> {
  if (!shortcode.test(draft.shortcode)) {
    throw new Invalid(`"${draft.shortcode}" can't be written: 2 to 200 letters, digits and _ can`);
  }
  const { size } = await Deno.stat(draft.path);
  const placed = await placePicture(ctx, new Upload(draft.path, draft.shortcode, "", size), "emoji");
  await transaction(ctx, async (ctx) => {
    await noteKept(ctx, placed);
    const { shortcode, category } = draft;
    await upsertOwnEmoji(ctx.db, { shortcode, fileKey: placed.key, category, at: ctx.now() });
  });
}
