import { type Route, server } from "../auth/access.ts";
import { answerDocument } from "../auth/answer_document.ts";
import { type JsonObject, publicUri } from "../base/activitystreams.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { activityBody } from "./store.ts";

/** What was sent, for whoever looks its id up: if it was said to everybody, and for as long as it is kept. */
export const documents: Route[] = [
  server("GET", "/ap/activities/:id", async (c) => {
    const id = c.req.param("id") ?? "";
    const body = isId(id) ? await activityBody(c.var.ctx.db, id) : undefined;
    const activity: JsonObject = body === undefined ? {} : JSON.parse(body);
    if (![activity.to, activity.cc].flat().includes(publicUri)) throw new NotFound();
    return answerDocument(c, activity);
  }),
];
