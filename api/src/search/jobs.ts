import type { Listeners } from "../base/events.ts";
import { noteWords } from "./post_store.ts";

/** What is written can be found. What is deleted takes its words along by itself. */
export const listeners: Listeners = {
  "post.created": (ctx, { postId }) => noteWords(ctx.db, postId),
  "post.edited": (ctx, { postId }) => noteWords(ctx.db, postId),
};
