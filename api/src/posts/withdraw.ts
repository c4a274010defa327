import { accountById } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Forbidden } from "../base/errors.ts";
import { deletePost } from "./delete.ts";
import { insertWithdrawn, lockUri } from "./remote_store.ts";
import { postByUri } from "./store.ts";

/**
 * Its author elsewhere has deleted a post. Where that is heard before the post itself has come, the post is not
 * taken when it comes. Boosts are not deleted, they are undone.
 */
export async function withdrawPost(ctx: Ctx, authorUri: string, uri: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    await lockUri(ctx.db, uri);
    const post = await postByUri(ctx.db, uri);
    const author = post && await accountById(ctx.db, post.authorId);
    if (author && author.uri !== authorUri) throw new Forbidden();
    await insertWithdrawn(ctx.db, { uri, authorUri, at: ctx.now() });
    if (post && !post.boostOfId) await deletePost(ctx, post);
  });
}
