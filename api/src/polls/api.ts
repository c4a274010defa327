import { anyone, type Call, member, type Route } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { seenPoll } from "../posts/seen.ts";
import { readBallot } from "./draft.ts";
import { showPolls } from "./entity.ts";
import type { Poll } from "./poll.ts";
import { vote } from "./vote.ts";

/** Mastodon's endpoints about polls. Polls are made and changed with their posts. */
export const api: Route[] = [
  anyone("GET", "/api/v1/polls/:id", "read:statuses", async (c) => {
    const { ctx, viewer } = c.var;
    const poll = await seenPoll(ctx, viewer, c.req.param("id") ?? "");
    return respond(c, poll);
  }),

  member("POST", "/api/v1/polls/:id/votes", "write:statuses", async (c) => {
    const { ctx, me, input } = c.var;
    const poll = await seenPoll(ctx, me, c.req.param("id") ?? "");
    await vote(ctx, me, poll, readBallot(input));
    return respond(c, poll);
  }),
];

/** The poll as it is now. */
async function respond(c: Call, { postId }: Poll): Promise<Response> {
  const { ctx, viewer } = c.var;
  const shown = (await showPolls(ctx, viewer, [postId])).get(postId);
  if (!shown) throw new NotFound();
  return c.json(shown);
}
