import { type AccountEntity, showAccounts } from "../accounts/entity.ts";
import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { showPosts, type StatusEntity } from "../posts/entity.ts";
import type { Conversation } from "./conversation.ts";

/** Mastodon's `Conversation`. */
export interface ConversationEntity {
  id: string;
  unread: boolean;
  accounts: AccountEntity[];
  last_status: StatusEntity | null;
}

/** As many queries for forty as for one. */
export async function showConversations(
  ctx: Ctx,
  viewer: Account,
  conversations: readonly Conversation[],
): Promise<ConversationEntity[]> {
  const accountIds = [...new Set(conversations.flatMap((one) => one.accountIds))];
  const accounts = new Map((await showAccounts(ctx, accountIds)).map((account) => [account.id, account]));
  const posts = await showPosts(ctx, viewer, conversations.map(({ lastPostId }) => lastPostId));
  const postOf = new Map(posts.map((post) => [post.id, post]));
  return conversations.map(({ id, unread, accountIds, lastPostId }) => ({
    id,
    unread,
    accounts: accountIds.flatMap((accountId) => accounts.get(accountId) ?? []),
    last_status: postOf.get(lastPostId) ?? null,
  }));
}
