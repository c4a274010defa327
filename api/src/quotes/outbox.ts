import { isLocal } from "../accounts/account.ts";
import { accountById } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Listeners } from "../base/events.ts";
import { deliver } from "../delivery/deliver.ts";
import { hearersOf, toNote, toUpdate } from "../posts/activity.ts";
import { type ToldPost, toldPost } from "../posts/note_store.ts";
import { postById } from "../posts/store.ts";
import { stampUriOf, toAnswer, toQuoteRequest, toRevocation } from "./activity.ts";
import { quoteByPost } from "./store.ts";

/** What other servers hear of who quotes whom. */
export const outbox: Listeners = {
  "quote.asked": async (ctx, { postId }) => {
    const between = await parties(ctx, postId);
    if (!between || between.quoted.isLocal) return;
    const { told, quoted, author } = between;
    const named = { actorUri: told.author.uri, quotedUri: quoted.uri, authorUri: author.uri };
    const request = toQuoteRequest(toNote(ctx, told), named);
    await deliver(ctx, told.author, request, { accountIds: [author.id] }, "posts");
  },

  "post.quoted": async (ctx, { postId, requestUri }) => {
    const between = await parties(ctx, postId);
    if (!between) return;
    const { told, quoted, author } = between;
    if (told.post.isLocal && !quoted.isLocal) await tellChange(ctx, told);
    if (told.post.isLocal || !quoted.isLocal || !requestUri) return;
    const [actorUri, postUri] = [told.author.uri, told.post.uri];
    const asked = { requestUri, actorUri, postUri, authorUri: author.uri, quotedUri: quoted.uri };
    const accept = toAnswer(asked, stampUriOf(ctx, postId));
    await deliver(ctx, author, accept, { accountIds: [told.author.id] }, "posts");
  },

  "quote.refused": async (ctx, { quotedId, accountId, postUri, requestUri }) => {
    const quoted = await postById(ctx.db, quotedId);
    const author = quoted && await accountById(ctx.db, quoted.authorId);
    const who = await accountById(ctx.db, accountId);
    if (!author || !who || !isLocal(author)) return;
    const asked = { requestUri, actorUri: who.uri, postUri, authorUri: author.uri, quotedUri: quoted.uri };
    await deliver(ctx, author, toAnswer(asked), { accountIds: [who.id] }, "reactions");
  },

  // Whoever has the quote has to hear of it: from the quoted author, and from whoever quotes them.
  "quote.ended": async (ctx, { postId }) => {
    const between = await parties(ctx, postId);
    if (!between) return;
    const { told, quoted, author } = between;
    if (told.post.isLocal) await tellChange(ctx, told);
    if (!quoted.isLocal || (await quoteByPost(ctx.db, postId))?.state !== "revoked") return;
    const hearers = { followersOf: author.id, accountIds: [told.author.id] };
    await deliver(ctx, author, toRevocation(stampUriOf(ctx, postId), author.uri), hearers, "posts");
  },
};

/** The post that quotes with its author, and the one that it quotes with its own; undefined where one is gone. */
async function parties(ctx: Ctx, postId: string) {
  const [told, quote] = [await toldPost(ctx.db, postId), await quoteByPost(ctx.db, postId)];
  const quoted = quote?.quotedId ? await postById(ctx.db, quote.quotedId) : undefined;
  const author = quoted && await accountById(ctx.db, quoted.authorId);
  const isTold = told && !told.post.isLocalOnly && !told.author.suspendedAt;
  return isTold && author ? { told, quoted, author } : undefined;
}

/** The post with its quote, or without it, for all who have the post. */
async function tellChange(ctx: Ctx, told: ToldPost): Promise<void> {
  await deliver(ctx, told.author, toUpdate(ctx, told), hearersOf(told), "posts");
}
