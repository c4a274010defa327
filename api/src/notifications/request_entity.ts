import type { Account } from "../accounts/account.ts";
import { type AccountEntity, showAccounts, timestamp } from "../accounts/entity.ts";
import type { Ctx } from "../base/ctx.ts";
import { showPosts, type StatusEntity } from "../posts/entity.ts";
import type { Request } from "./policy.ts";

/** Mastodon's `NotificationRequest`. */
export interface RequestEntity {
  id: string;
  created_at: string;
  updated_at: string;
  account: AccountEntity;
  /** A number as text, as Mastodon's. */
  notifications_count: string;
  last_status?: StatusEntity;
}

/** These requests in the order given; whose account is gone is left out. */
export async function showRequests(
  ctx: Ctx,
  owner: Account,
  requests: readonly Request[],
): Promise<RequestEntity[]> {
  const [accounts, statuses] = await Promise.all([
    showAccounts(ctx, requests.map(({ fromId }) => fromId)),
    showPosts(ctx, owner, requests.flatMap(({ lastPostId }) => lastPostId ?? [])),
  ]);
  const accountById = new Map(accounts.map((account) => [account.id, account]));
  const statusById = new Map(statuses.map((status) => [status.id, status]));
  return requests.flatMap((request) => {
    const account = accountById.get(request.fromId);
    const status = statusById.get(request.lastPostId ?? "");
    if (!account) return [];
    return {
      id: request.id,
      created_at: timestamp(request.createdAt),
      updated_at: timestamp(request.updatedAt),
      account,
      notifications_count: String(request.count),
      ...(status && { last_status: status }),
    };
  });
}
