import { type Listeners, when } from "../base/events.ts";
import { noteGone, noteJoined, noteSaid } from "./store.ts";

export const listeners: Listeners = {
  // Nobody here takes part in a post from elsewhere that mentions nobody.
  "post.created": when(
    ({ isLocal, hasLinks }) => isLocal || hasLinks,
    (ctx, { postId }) => noteSaid(ctx.db, postId),
  ),
  "post.deleted": when(({ visibility }) => visibility === "direct", (ctx) => noteGone(ctx.db)),
  "thread.joined": (ctx, { from, into }) => noteJoined(ctx.db, from, into),
};
