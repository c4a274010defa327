import { type Call, type Known, member, type Route } from "../auth/access.ts";
import { withLink } from "../auth/links.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { postLimits, readPage } from "../base/page.ts";
import type { Conversation } from "./conversation.ts";
import { showConversations } from "./entity.ts";
import { conversationById, conversationsOf, deleteConversation, markRead } from "./store.ts";

/** Mastodon's endpoints for direct messages. Lists page by the last post of each, not by the conversation's id. */
export const api: Route[] = [
  member("GET", "/api/v1/conversations", "read:statuses", async (c) => {
    const { ctx, me, input } = c.var;
    const page = readPage(input, postLimits);
    const found = await conversationsOf(ctx.db, me, page);
    withLink(c, page, found.map(({ lastPostId }) => lastPostId));
    return c.json(await showConversations(ctx, me, found));
  }),

  member("POST", "/api/v1/conversations/:id/read", "write:conversations", async (c) => {
    const { ctx, me } = c.var;
    const conversation = await own(c);
    await markRead(ctx.db, me.id, conversation.id);
    const [shown] = await showConversations(ctx, me, [{ ...conversation, unread: false }]);
    return c.json(shown);
  }),

  member("DELETE", "/api/v1/conversations/:id", "write:conversations", async (c) => {
    const { ctx, me } = c.var;
    await deleteConversation(ctx.db, me.id, (await own(c)).id);
    return c.json({});
  }),
];

/** The member's conversation that the path names. Another's and none at all are the same refusal: NotFound. */
async function own(c: Call<Known>): Promise<Conversation> {
  const id = c.req.param("id") ?? "";
  const conversation = isId(id) ? await conversationById(c.var.ctx.db, c.var.me, id) : undefined;
  if (!conversation) throw new NotFound();
  return conversation;
}
