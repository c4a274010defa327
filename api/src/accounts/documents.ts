import { type Call, open, type Route, server } from "../auth/access.ts";
import { answerDocument } from "../auth/answer_document.ts";
import { prefersActivity } from "../base/activitystreams.ts";
import { NotFound } from "../base/errors.ts";
import { profileRoute } from "../pages/addresses.ts";
import { handleOf, readHandle } from "./account.ts";
import { actorDocument } from "./actor_document.ts";
import { instanceActor } from "./instance_actor.ts";
import { seenAccount, seenByHandle } from "./seen.ts";

/**
 * Actors, as other servers read them. They are `open`, because a server that looks up whose signature this is must
 * not be asked for its own: the two would wait for each other.
 */
export const documents: Route[] = [
  open("GET", "/ap/actors/:id{[0-9]+}", async (c) => {
    const id = c.req.param("id") ?? "";
    c.header("vary", "Accept");
    return prefersActivity(c.req.header("accept")) ? await answerActor(c, id) : await toPage(c, id);
  }),

  open("GET", "/ap/actor", async (c) => answerActor(c, (await instanceActor(c.var.ctx)).id)),

  server("GET", profileRoute, async (c) => {
    const { ctx } = c.var;
    const handle = readHandle(c.req.param("handle") ?? "", ctx.config.handleDomain);
    if (!handle) throw new NotFound();
    return answerActor(c, (await seenByHandle(ctx, handle)).id);
  }),
];

async function answerActor(c: Call, id: string): Promise<Response> {
  const found = await actorDocument(c.var.ctx, id);
  if (!found) throw new NotFound();
  return answerDocument(c, found.document, found.isGone ? 410 : 200);
}

/** For people: the profile, under the name that it has now. */
async function toPage(c: Call, id: string): Promise<Response> {
  return c.redirect(`/@${handleOf(await seenAccount(c.var.ctx, id))}`);
}
