import { member, type Route } from "../auth/access.ts";
import { withLink } from "../auth/links.ts";
import { NotFound } from "../base/errors.ts";
import { postLimits, readPage } from "../base/page.ts";
import { respond } from "../posts/answer.ts";
import { showPosts } from "../posts/entity.ts";
import { ownPost } from "../posts/own.ts";
import { quotingPosts } from "../posts/quoting_store.ts";
import { seenOriginal, seenPost } from "../posts/seen.ts";
import { endQuote } from "./consent.ts";
import { quoteByPost } from "./store.ts";

/** Mastodon's endpoints about who quotes a post. */
export const api: Route[] = [
  member("GET", "/api/v1/statuses/:id/quotes", "read:statuses", async (c) => {
    const { ctx, me, input } = c.var;
    const post = await seenOriginal(ctx, me, c.req.param("id") ?? "");
    const page = readPage(input, postLimits);
    const listed = await quotingPosts(ctx.db, me, post.id, page);
    withLink(c, page, listed, "since_id");
    return c.json(await showPosts(ctx, me, listed));
  }),

  member("POST", "/api/v1/statuses/:id/quotes/:quoting_id/revoke", "write:statuses", async (c) => {
    const { ctx, me } = c.var;
    const post = await ownPost(ctx, me, c.req.param("id") ?? "");
    const quoting = await seenPost(ctx, me, c.req.param("quoting_id") ?? "");
    const quote = await quoteByPost(ctx.db, quoting.id);
    if (quote?.quotedId !== post.id) throw new NotFound();
    await endQuote(ctx, quote);
    return respond(c, me, quoting.id);
  }),
];
