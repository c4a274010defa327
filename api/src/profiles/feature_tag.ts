import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Invalid, NotFound } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { normaliseTag } from "../base/text.ts";
import { maxFeaturedTags } from "../instance/limits.ts";
import type { FeaturedTag } from "./featured_tag.ts";
import { deleteFeaturedTag, featuredTagsOf, insertFeaturedTag, lockFeaturing } from "./store.ts";

/** Shows a hashtag on the profile of `who`. Featuring it once more changes nothing. */
export async function featureTag(ctx: Ctx, who: Account, typed: string): Promise<FeaturedTag> {
  const name = typed.trim().replace(/^[#＃]/, "");
  const tag = normaliseTag(name);
  if (tag === "" || /\s/.test(name)) throw new Invalid("Validation failed: Tag is invalid");
  return await transaction(ctx, async (ctx) => {
    await lockFeaturing(ctx.db, who.id);
    const isNew = await insertFeaturedTag(ctx.db, who.id, tag, name);
    const featured = await featuredTagsOf(ctx.db, who.id);
    if (featured.length > maxFeaturedTags) {
      throw new Invalid("Validation failed: You have already featured the maximum number of hashtags");
    }
    if (isNew) await emit(ctx, "account.changed", { accountId: who.id });
    return featured.find((one) => one.tag === tag)!;
  });
}

/** Shows it no more; NotFound where it was not shown. */
export async function unfeatureTag(
  ctx: Ctx,
  who: Account,
  which: { id: string } | { tag: string },
): Promise<void> {
  await transaction(ctx, async (ctx) => {
    if (!await deleteFeaturedTag(ctx.db, who.id, which)) throw new NotFound();
    await emit(ctx, "account.changed", { accountId: who.id });
  });
}
