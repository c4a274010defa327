import { actions, paths } from "@riff/web/base/paths.ts";
import { browser, type Route } from "../auth/access.ts";
import { goBack } from "../pages/back.ts";
import { seenPoll } from "../posts/seen.ts";
import { readBallot } from "./draft.ts";
import { vote } from "./vote.ts";

/** The ballot below a post that asks. It leads back to where it was cast. */
export const pages: Route[] = [
  browser("POST", actions.vote(":id"), async (c) => {
    const { ctx, me, input } = c.var;
    const poll = await seenPoll(ctx, me, c.req.param("id") ?? "");
    await vote(ctx, me, poll, readBallot(input));
    return goBack(c, paths.home);
  }),
];
