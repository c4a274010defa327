import type { Ctx } from "../base/ctx.ts";
import { Invalid, TooLarge } from "../base/errors.ts";
import type { Upload } from "../base/upload.ts";
import { noteKept, type Placed } from "../media/keep.ts";
import { placePicture } from "../media/picture_upload.ts";
import type { Account } from "./account.ts";
import { updatePicture } from "./store.ts";

/** New pictures for a profile: null takes the one away that is there, undefined leaves it. */
export interface Pictures {
  avatar?: Upload | null;
  header?: Upload | null;
}

/** They lie where they are kept, but nobody knows yet. */
export type PlacedPictures = Map<"avatar" | "header", Placed | null>;

/**
 * Makes of what was sent what is kept. Throws `Invalid`, which names the one at fault, for what is no picture, or
 * too large a one. Before the transaction.
 */
export async function placePictures(ctx: Ctx, pictures: Pictures): Promise<PlacedPictures> {
  const placed: PlacedPictures = new Map();
  for (const what of ["avatar", "header"] as const) {
    const picture = pictures[what];
    if (picture !== undefined) placed.set(what, picture && await placeOrName(ctx, picture, what));
  }
  return placed;
}

async function placeOrName(ctx: Ctx, picture: Upload, what: "avatar" | "header"): Promise<Placed> {
  try {
    return await placePicture(ctx, picture, what);
  } catch (error) {
    if (!(error instanceof Invalid || error instanceof TooLarge)) throw error;
    const description = error.message.replace(/^Validation failed: /, "");
    throw new Invalid(error.message, { [what]: [{ error: "ERR_INVALID", description }] });
  }
}

/** Within the transaction. What was there before goes by itself, as nothing names it any more. */
export async function setPictures(
  ctx: Ctx,
  account: Pick<Account, "id">,
  placed: PlacedPictures,
): Promise<void> {
  for (const [what, picture] of placed) {
    if (picture) await noteKept(ctx, picture);
    await updatePicture(ctx.db, account.id, what, picture?.key ?? null);
  }
}
