import { accountById } from "../accounts/store.ts";
import { type Route, server } from "../auth/access.ts";
import { answerDocument } from "../auth/answer_document.ts";
import { withContext } from "../base/activitystreams.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { seenPost } from "../posts/seen.ts";
import { postById } from "../posts/store.ts";
import { stampUriOf, toStamp } from "./activity.ts";
import { quoteByPost } from "./store.ts";

/** That members of ours agree to be quoted: other servers ask before they show a quote. */
export const documents: Route[] = [
  server("GET", "/ap/quotes/:id", async (c) => {
    const { ctx, viewer } = c.var;
    const id = c.req.param("id") ?? "";
    const quote = isId(id) ? await quoteByPost(ctx.db, id) : undefined;
    if (quote?.state !== "accepted" || !quote.quotedId) throw new NotFound();
    const quoted = await seenPost(ctx, viewer, quote.quotedId);
    const post = await postById(ctx.db, id);
    const author = await accountById(ctx.db, quoted.authorId);
    if (!quoted.isLocal || !post || !author) throw new NotFound();
    const named = { authorUri: author.uri, quotedUri: quoted.uri, postUri: post.uri };
    return answerDocument(c, withContext(toStamp(stampUriOf(ctx, id), named)));
  }),
];
