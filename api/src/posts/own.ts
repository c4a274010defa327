import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { NotFound } from "../base/errors.ts";
import type { Post } from "./post.ts";
import { seenPost } from "./seen.ts";

/** A post of one's own, never a boost. Somebody else's is NotFound: its existence is not ours to confirm. */
export async function ownPost(ctx: Ctx, me: Account, id: string): Promise<Post> {
  const post = await seenPost(ctx, me, id);
  if (post.authorId !== me.id || post.boostOfId) throw new NotFound();
  return post;
}
