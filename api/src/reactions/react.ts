import { type Account, isLocal } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Invalid } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { emojiCharacter } from "../emoji/emoji.ts";
import { type Face, said } from "../emoji/reaction.ts";
import { deleteReaction, deleteReactions, insertReaction, reactionsOf } from "../emoji/reaction_store.ts";
import { emojiNamed } from "../emoji/store.ts";
import { requireLeave } from "../posts/policy.ts";
import type { Post } from "../posts/post.ts";
import { countFavourite, unfavourite } from "./favourite.ts";
import { insertFavourite, lockFavourite, setPlain } from "./store.ts";

/** So many different ones somebody elsewhere may answer one post with. */
const most = 20;

/**
 * Answers a post with an emoji, which favourites it. Who lives here has one for each post, because Misskey's family
 * keeps no more: it takes the place of what they have said before. `uri` is what their server calls it.
 */
export async function react(
  ctx: Ctx,
  who: Account,
  post: Post,
  face: Face,
  { uri = null }: { uri?: string | null } = {},
): Promise<void> {
  await requireLeave(ctx, who, post, "like");
  const one = { accountId: who.id, postId: post.id };
  await transaction(ctx, async (ctx) => {
    const isFirst = await insertFavourite(ctx.db, { ...one, uri: null, isPlain: false });
    const before = await reactionsOf(ctx.db, who.id, post.id);
    if (!await insertReaction(ctx.db, { ...one, face, uri, most })) return;
    if (isFirst) return await countFavourite(ctx, who, post);
    if (!isLocal(who)) return;
    await deleteReactions(ctx.db, before.map(({ id }) => id));
    await setPlain(ctx.db, who.id, post.id, false);
    await emit(ctx, "post.reacted", { ...one, was: said(before[0]) });
  });
}

/** Takes an emoji back; with the last, the favourite. False where there was none such. */
export async function unreact(ctx: Ctx, who: Account, post: Post, face: Face): Promise<boolean> {
  const one = { accountId: who.id, postId: post.id };
  return await transaction(ctx, async (ctx) => {
    const favourite = await lockFavourite(ctx.db, who.id, post.id);
    const reactions = await reactionsOf(ctx.db, who.id, post.id);
    const isLast = reactions.length === 1 && !favourite?.isPlain;
    const isIt = reactions.some(({ name, emoji }) =>
      name === face.name && (emoji?.id ?? null) === face.emojiId
    );
    if (!isIt) return false;
    if (isLast) await unfavourite(ctx, who, post);
    else await deleteReaction(ctx.db, { ...one, face });
    return true;
  });
}

/** The emoji that a member means: a character, `blob` of ours, or another server's `blob@elsewhere.example`. */
export async function chosenFace(ctx: Ctx, text: string): Promise<Face> {
  const character = emojiCharacter(text);
  if (character) return { name: character, emojiId: null };
  const [name = "", domain] = text.replaceAll(":", "").split("@");
  const emojiId = await emojiNamed(ctx.db, name, domain?.toLowerCase() || null);
  if (!emojiId) throw new Invalid("Validation failed: Name is not a recognized emoji");
  return { name, emojiId };
}
