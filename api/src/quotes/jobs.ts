import { accountById } from "../accounts/store.ts";
import type { Listeners } from "../base/events.ts";
import { postById } from "../posts/store.ts";
import { acceptQuote } from "./consent.ts";
import { isStamped } from "./stamp.ts";
import { quoteByPost } from "./store.ts";

export const listeners: Listeners = {
  // Whoever quotes says that they may. Of our own posts we know ourselves.
  "quote.claimed": async (ctx, { postId }) => {
    const quote = await quoteByPost(ctx.db, postId);
    if (quote?.state !== "pending" || !quote.stampUri || !quote.quotedId) return;
    const [post, quoted] = [await postById(ctx.db, postId), await postById(ctx.db, quote.quotedId)];
    const author = quoted && await accountById(ctx.db, quoted.authorId);
    if (!post || !author || quoted.isLocal) return;
    const named = { authorUri: author.uri, quotedUri: quoted.uri, postUri: post.uri };
    if (await isStamped(ctx, quote.stampUri, named)) await acceptQuote(ctx, quote, {});
  },
};
