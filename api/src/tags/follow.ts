import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Invalid, NotFound } from "../base/errors.ts";
import { normaliseTag } from "../base/text.ts";
import { maxFollowedTags } from "../instance/limits.ts";
import { countFollowedTags, deleteTagFollow, insertTagFollow, tagByName, tagOfName } from "./store.ts";
import type { Tag } from "./tag.ts";

/** From now on public posts with this hashtag are in the home of `who`. Following it once more changes nothing. */
export async function followTag(ctx: Ctx, who: Account, typed: string): Promise<Tag> {
  const { name, written } = tagIn(typed);
  return await transaction(ctx, async ({ db }) => {
    if (await countFollowedTags(db, who.id) >= maxFollowedTags) {
      throw new Invalid("Validation failed: You follow as many hashtags as one can");
    }
    const tag = await tagOfName(db, name, written);
    await insertTagFollow(db, who.id, tag.id);
    return tag;
  });
}

/** And from now on not any more. Answers the tag; one that nobody has used has no id yet. */
export async function unfollowTag(ctx: Ctx, who: Account, typed: string): Promise<Tag> {
  const tag = await seenTag(ctx, typed);
  await deleteTagFollow(ctx.db, who.id, tag.id);
  return tag;
}

/**
 * The tag of this name, however it is written. One that nobody has used yet can be followed too: it is there, without an
 * id. Throws `NotFound` where it can be no tag.
 */
export async function seenTag(ctx: Ctx, typed: string): Promise<Tag> {
  const { name } = tagIn(typed);
  return await tagByName(ctx.db, name) ?? { id: "0", name };
}

function tagIn(typed: string): { name: string; written: string } {
  const written = typed.trim().replace(/^[#\uff03]/, "");
  const name = normaliseTag(written);
  if (name === "" || /\s/.test(written)) throw new NotFound();
  return { name, written };
}
