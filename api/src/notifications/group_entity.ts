import type { Account } from "../accounts/account.ts";
import { type AccountEntity, timestamp } from "../accounts/entity.ts";
import type { Ctx } from "../base/ctx.ts";
import type { StatusEntity } from "../posts/entity.ts";
import { Cast, type Told, typeOf } from "./entity.ts";
import type { Group } from "./group.ts";

/** Mastodon's `NotificationGroup`. */
export interface GroupEntity extends Told {
  group_key: string;
  notifications_count: number;
  most_recent_notification_id: string;
  /** These three only where groups are listed page by page. */
  page_min_id?: string;
  page_max_id?: string;
  latest_page_notification_at?: string;
  sample_account_ids: string[];
  status_id?: string;
}

/** Mastodon's `PartialAccountWithAvatar`. */
export type PartialAccount = Pick<
  AccountEntity,
  "id" | "acct" | "url" | "avatar" | "avatar_static" | "avatar_description" | "locked" | "bot"
>;

/** Mastodon's `GroupedNotificationsResults`: everybody and everything once, however many groups name it. */
export interface GroupsEntity {
  accounts: AccountEntity[];
  partial_accounts?: PartialAccount[];
  statuses: StatusEntity[];
  notification_groups: GroupEntity[];
}

/** How groups are shown. */
export interface Manner {
  /** Groups say which part of them is on this page. */
  paged?: boolean;
  /** Of a group's people, only the latest is shown whole. */
  partial?: boolean;
}

/** These groups as their owner may see them, in the order given. What they may not see is left out. */
export async function showGroups(
  ctx: Ctx,
  owner: Account,
  groups: readonly Group[],
  { paged = false, partial = false }: Manner = {},
): Promise<GroupsEntity> {
  const notifications = groups.map(({ notification }) => notification);
  const cast = await Cast.of(ctx, owner, notifications, groups.flatMap(({ fromIds }) => fromIds));
  const shown = groups.filter(({ notification }) => cast.holds(notification))
    .map((group) => ({ ...group, fromIds: group.fromIds.filter((id) => cast.accounts.has(id)) }));
  const named = new Set(shown.flatMap(({ fromIds }) => fromIds));
  const whole = partial ? new Set(shown.flatMap(({ fromIds }) => fromIds.slice(0, 1))) : named;
  const about = new Set(shown.flatMap(({ notification }) => notification.postId ?? []));
  return {
    accounts: [...whole].map((id) => cast.accounts.get(id)!),
    ...(partial && {
      partial_accounts: [...named].filter((id) => !whole.has(id)).map((id) => part(cast.accounts.get(id)!)),
    }),
    statuses: [...about].map((id) => cast.statuses.get(id)!),
    notification_groups: shown.map((group) => toEntity(group, cast, paged)),
  };
}

function toEntity({ notification, ...group }: Group, cast: Cast, paged: boolean): GroupEntity {
  return {
    group_key: group.key,
    notifications_count: group.count,
    type: typeOf(notification.kind),
    most_recent_notification_id: group.latestId,
    ...(paged && {
      page_min_id: group.oldestId,
      page_max_id: group.latestId,
      latest_page_notification_at: timestamp(group.latestAt),
    }),
    sample_account_ids: group.fromIds,
    ...(notification.postId !== null && { status_id: notification.postId }),
    ...cast.about(notification),
  };
}

function part(account: AccountEntity): PartialAccount {
  const { id, acct, url, avatar, avatar_static, avatar_description, locked, bot } = account;
  return { id, acct, url, avatar, avatar_static, avatar_description, locked, bot };
}
