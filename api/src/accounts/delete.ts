import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { emit } from "../base/events.ts";
import type { Account } from "./account.ts";
import {
  deleteBelongings,
  deleteFavouritesOf,
  deleteFollowsOf,
  deletePostsOf,
  emptyProfile,
} from "./purge_store.ts";
import { markDeleted } from "./store.ts";

/** So many posts at once keep no row of others locked for long. */
const postsAtOnce = 500;

/**
 * Deletes an account for good. At once nobody finds it any more and it can't be signed in to; a job then
 * takes away everything that it left (`purge`). A husk stays: its name is never given to anybody else.
 */
export async function deleteAccount(ctx: Ctx, account: Account): Promise<void> {
  await transaction(ctx, async (ctx) => {
    if (!await markDeleted(ctx.db, account.id, ctx.now())) return;
    await emit(ctx, "account.deleted", { accountId: account.id });
  });
}

/**
 * Takes away what a deleted account left: where others counted it, they count it no more, and of its public
 * posts stays that they are gone. May be broken off at any point and begun again.
 */
export async function purge(ctx: Ctx, accountId: string): Promise<void> {
  await transaction(ctx, ({ db }) => deleteFollowsOf(db, accountId));
  await transaction(ctx, ({ db }) => deleteFavouritesOf(db, accountId));
  while (await transaction(ctx, ({ db }) => deletePostsOf(db, accountId, postsAtOnce)) > 0);
  await transaction(ctx, async ({ db }) => {
    await deleteBelongings(db, accountId);
    await emptyProfile(db, accountId);
  });
}
