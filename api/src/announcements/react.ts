import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { Invalid, NotFound } from "../base/errors.ts";
import { emojiCharacter } from "../emoji/emoji.ts";
import { ownEmojis } from "../emoji/store.ts";
import type { Announcement } from "./announcement.ts";
import { deleteReaction, insertReaction } from "./store.ts";

/** Different reactions to one announcement, at the most: Mastodon's number. */
const most = 8;

/** A member says by an emoji, or by one of ours, what they think. Throws `Invalid` for anything else. */
export async function react(ctx: Ctx, who: Account, { id }: Announcement, name: string): Promise<void> {
  if (!emojiCharacter(name) && !(await ownEmojis(ctx.db)).some(({ shortcode }) => shortcode === name)) {
    throw new Invalid("Validation failed: Name is not a recognized emoji");
  }
  if (!await insertReaction(ctx.db, { id, accountId: who.id, name, most })) {
    throw new Invalid("Validation failed: Limit of different reactions reached");
  }
}

/** Takes it back; NotFound is for announcements alone. */
export async function unreact(ctx: Ctx, who: Account, { id }: Announcement, name: string): Promise<void> {
  if (name === "") throw new NotFound();
  await deleteReaction(ctx.db, id, who.id, name);
}
