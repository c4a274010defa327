import { type Listeners, when } from "../base/events.ts";
import { noteWords } from "../posts/word_store.ts";

/**
 * Words are noted with the post. The version before asked for it by a job: what it leaves behind during an update is
 * still done, and nothing new is asked for.
 */
export const listeners: Listeners = {
  "post.created": when(() => false, (ctx, { postId }) => noteWords(ctx.db, postId)),
  "post.edited": when(() => false, (ctx, { postId }) => noteWords(ctx.db, postId)),
};
