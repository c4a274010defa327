import { type AccountEntity, showAccounts, timestamp } from "../accounts/entity.ts";
import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { showPosts, type StatusEntity } from "../posts/entity.ts";
import type { Kind, Notification } from "./notification.ts";

/** Mastodon's name for each kind. */
const types = {
  mention: "mention",
  post: "status",
  boost: "reblog",
  favourite: "favourite",
  follow: "follow",
  request: "follow_request",
  edit: "update",
  poll: "poll",
} as const satisfies Record<Kind, string>;

/** Mastodon's `Notification`. */
export interface NotificationEntity {
  id: string;
  type: typeof types[Kind];
  group_key: string;
  created_at: string;
  account: AccountEntity;
  status?: StatusEntity;
}

/** The kind that Mastodon calls so; undefined for types that we do not know. */
export function kindOf(type: string): Kind | undefined {
  return (Object.keys(types) as Kind[]).find((kind) => types[kind] === type);
}

/** These notifications as their owner may see them, in the order given. What they may not see is left out. */
export async function showNotifications(
  ctx: Ctx,
  owner: Account,
  notifications: readonly Notification[],
): Promise<NotificationEntity[]> {
  const [accounts, statuses] = await Promise.all([
    showAccounts(ctx, unique(notifications.map(({ fromId }) => fromId))),
    showPosts(ctx, owner, unique(notifications.flatMap(({ postId }) => postId ?? []))),
  ]);
  const accountById = new Map(accounts.map((account) => [account.id, account]));
  const statusById = new Map(statuses.map((status) => [status.id, status]));
  return notifications.flatMap(({ id, kind, fromId, postId, createdAt }) => {
    const account = accountById.get(fromId);
    const status = postId === null ? undefined : statusById.get(postId);
    if (!account || (postId !== null && !status)) return [];
    return {
      id,
      type: types[kind],
      group_key: `ungrouped-${id}`,
      created_at: timestamp(createdAt),
      account,
      ...(status && { status }),
    };
  });
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
