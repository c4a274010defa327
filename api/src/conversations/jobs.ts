import { type Listeners, when } from "../base/events.ts";
import { noteGone, noteJoined, noteSaid } from "./store.ts";

export const listeners: Listeners = {
  "post.created": when(
    ({ visibility }) => visibility === "direct",
    (ctx, { postId }) => noteSaid(ctx.db, postId),
  ),
  "post.deleted": when(({ visibility }) => visibility === "direct", (ctx) => noteGone(ctx.db)),
  "thread.joined": (ctx, { from, into }) => noteJoined(ctx.db, from, into),
};
