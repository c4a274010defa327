import { type Route, server } from "../auth/access.ts";
import { answerDocument } from "../auth/answer_document.ts";
import { withContext } from "../base/activitystreams.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { toEmoji } from "./activity.ts";
import { ownEmoji } from "./store.ts";

/** Our emojis, for servers that look their ids up. */
export const documents: Route[] = [
  server("GET", "/ap/emojis/:id", async (c) => {
    const { ctx } = c.var;
    const id = c.req.param("id") ?? "";
    const emoji = isId(id) ? await ownEmoji(ctx.db, id) : undefined;
    if (!emoji) throw new NotFound();
    return answerDocument(c, withContext(toEmoji(ctx, emoji)));
  }),
];
