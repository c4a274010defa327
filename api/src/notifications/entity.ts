import { type AccountEntity, showAccounts, timestamp } from "../accounts/entity.ts";
import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import type { CollectionEntity } from "../collections/entity.ts";
import { showLinked } from "../collections/linked.ts";
import { type ReportEntity, showReports } from "../moderation/entity.ts";
import { showWarnings, type WarningEntity } from "../moderation/warning_entity.ts";
import { showPosts, type StatusEntity } from "../posts/entity.ts";
import { type SeveranceEntity, showSeverances } from "../relationships/severance_entity.ts";
import { groupKeyOf, type Kind, type Notification } from "./notification.ts";

/** Mastodon's name for each kind. */
const types = {
  mention: "mention",
  quote: "quote",
  post: "status",
  boost: "reblog",
  favourite: "favourite",
  follow: "follow",
  request: "follow_request",
  edit: "update",
  quotedEdit: "quoted_update",
  poll: "poll",
  collected: "added_to_collection",
  collectionEdit: "collection_update",
  severed: "severed_relationships",
  warned: "moderation_warning",
  signUp: "admin.sign_up",
  report: "admin.report",
} as const satisfies Record<Kind, string>;

/** Mastodon's `NotificationFallback`: what an app can show of a type that it does not know. */
export interface FallbackEntity {
  /** HTML. */
  title: string;
  summary: string | null;
  details: string | null;
}

/** What a notification and a group of them have in common. */
export interface Told {
  type: typeof types[Kind];
  report?: ReportEntity;
  event?: SeveranceEntity;
  moderation_warning?: WarningEntity;
  collection?: CollectionEntity;
  fallback?: FallbackEntity;
}

/** Mastodon's `Notification`. */
export interface NotificationEntity extends Told {
  id: string;
  group_key: string;
  created_at: string;
  account: AccountEntity;
  status?: StatusEntity;
  /** There only where it is true, as Mastodon's. */
  filtered?: true;
}

/** What Mastodon calls this kind. */
export function typeOf(kind: Kind): Told["type"] {
  return types[kind];
}

/** The kind that Mastodon calls so; undefined for types that we do not know. */
export function kindOf(type: string): Kind | undefined {
  return (Object.keys(types) as Kind[]).find((kind) => types[kind] === type);
}

/** Everybody and everything that notifications are about, as their owner may see it. */
export class Cast {
  private constructor(
    readonly accounts: ReadonlyMap<string, AccountEntity>,
    readonly statuses: ReadonlyMap<string, StatusEntity>,
    readonly reports: ReadonlyMap<string, ReportEntity>,
    readonly severances: ReadonlyMap<string, SeveranceEntity>,
    readonly warnings: ReadonlyMap<string, WarningEntity>,
    readonly collections: ReadonlyMap<string, CollectionEntity>,
  ) {}

  /** `fromIds`: whoever is shown beyond those who caused the notifications. */
  static async of(
    ctx: Ctx,
    owner: Account,
    notifications: readonly Notification[],
    fromIds: readonly string[] = [],
  ): Promise<Cast> {
    const [accounts, statuses, reports, severances, warnings, collections] = await Promise.all([
      showAccounts(ctx, unique([...notifications.map(({ fromId }) => fromId), ...fromIds])),
      showPosts(ctx, owner, unique(notifications.flatMap(({ postId }) => postId ?? []))),
      showReports(ctx, unique(notifications.flatMap(({ reportId }) => reportId ?? []))),
      showSeverances(ctx, notifications.flatMap(({ severanceId }) => severanceId ?? [])),
      showWarnings(ctx, notifications.flatMap(({ warningId }) => warningId ?? [])),
      showLinked(ctx, owner, unique(notifications.flatMap(({ collectionId }) => collectionId ?? []))),
    ]);
    return new Cast(
      byId(accounts),
      byId(statuses),
      byId(reports),
      byId(severances),
      byId(warnings),
      collections,
    );
  }

  /** Whether all that this notification is about can be shown. */
  holds({ fromId, postId, reportId, collectionId }: Notification): boolean {
    return this.accounts.has(fromId) && (postId === null || this.statuses.has(postId)) &&
      (reportId === null || this.reports.has(reportId)) &&
      (collectionId === null || this.collections.has(collectionId));
  }

  /** What it is about that is no post. */
  about(one: Notification): Pick<Told, "report" | "event" | "moderation_warning" | "collection"> {
    const report = this.reports.get(one.reportId ?? "");
    const event = this.severances.get(one.severanceId ?? "");
    const warning = this.warnings.get(one.warningId ?? "");
    const collection = this.collections.get(one.collectionId ?? "");
    return {
      ...(report && { report }),
      ...(event && { event }),
      ...(warning && { moderation_warning: warning }),
      ...(collection && { collection }),
    };
  }
}

/** These notifications as their owner may see them, in the order given. What they may not see is left out. */
export async function showNotifications(
  ctx: Ctx,
  owner: Account,
  notifications: readonly Notification[],
): Promise<NotificationEntity[]> {
  const cast = await Cast.of(ctx, owner, notifications);
  return notifications.filter((one) => cast.holds(one)).map((notification) => {
    const { id, kind, fromId, postId, isFiltered, createdAt } = notification;
    const status = cast.statuses.get(postId ?? "");
    return {
      id,
      type: types[kind],
      group_key: groupKeyOf(notification),
      created_at: timestamp(createdAt),
      account: cast.accounts.get(fromId)!,
      ...(status && { status }),
      ...cast.about(notification),
      ...(isFiltered && { filtered: true as const }),
    };
  });
}

function byId<T extends { id: string }>(all: readonly T[]): Map<string, T> {
  return new Map(all.map((one) => [one.id, one]));
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
