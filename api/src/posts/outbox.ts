import { isLocal } from "../accounts/account.ts";
import { accountById } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { type Listeners, when } from "../base/events.ts";
import { deliver } from "../delivery/deliver.ts";
import { hearersOf, toCreate, toDelete, toPinning, toUpdate } from "./activity.ts";
import { type ToldPost, toldPost } from "./note_store.ts";
import { postById } from "./store.ts";

/** What other servers hear of our members' posts. */
export const outbox: Listeners = {
  "post.created": when(({ isLocal }) => isLocal, async (ctx, { postId }) => {
    const told = await ours(ctx, postId);
    if (told) await deliver(ctx, told.author, toCreate(ctx, told), hearersOf(told), "posts");
  }),

  "post.edited": when(({ isLocal }) => isLocal, async (ctx, { postId }) => {
    const told = await ours(ctx, postId);
    if (told) await deliver(ctx, told.author, toUpdate(ctx, told), hearersOf(told), "posts");
  }),

  "post.policyChanged": async (ctx, { postId }) => {
    const told = await ours(ctx, postId);
    if (told) await deliver(ctx, told.author, toUpdate(ctx, told), hearersOf(told), "posts");
  },

  // It is gone: the event carries what nobody could look up any more.
  "post.deleted": async (ctx, { authorId, uri, visibility, isLocalOnly, reached }) => {
    const author = await accountById(ctx.db, authorId);
    if (!author || !isLocal(author) || isLocalOnly) return;
    const followersOf = visibility === "direct" ? undefined : author.id;
    await deliver(ctx, author, toDelete(uri, author.uri), { followersOf, accountIds: reached }, "posts");
  },

  "post.pinned": (ctx, { postId }) => tellPinning(ctx, "Add", postId),
  "post.unpinned": (ctx, { postId }) => tellPinning(ctx, "Remove", postId),
};

/** A post of somebody who lives here; undefined where it is gone, stays here, or others announce it. */
async function ours(ctx: Ctx, postId: string): Promise<ToldPost | undefined> {
  const told = await toldPost(ctx.db, postId);
  if (!told?.post.isLocal || told.post.isLocalOnly || told.post.boostOfId) return undefined;
  return told.author.suspendedAt ? undefined : told;
}

async function tellPinning(ctx: Ctx, type: "Add" | "Remove", postId: string): Promise<void> {
  const post = await postById(ctx.db, postId);
  const author = post && await accountById(ctx.db, post.authorId);
  if (!post || !author || !isLocal(author) || post.visibility === "private" || post.isLocalOnly) return;
  await deliver(ctx, author, toPinning(type, author.uri, post.uri), { followersOf: author.id });
}
