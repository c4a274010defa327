import type { Ctx } from "../base/ctx.ts";
import { type CustomEmojiEntity, toEmojis } from "../emoji/entity.ts";
import { type ShownPicture, showPicture } from "../media/picture.ts";
import { type Account, handleOf, isLocal, nothing, type Staff } from "./account.ts";
import { accountsById } from "./store.ts";

/** Mastodon's `Field`. */
export interface FieldEntity {
  name: string;
  value: string;
  verified_at: string | null;
}

/** Mastodon's `FeatureApproval`: who may show an account in a collection, and whether whoever asks may. */
export interface FeatureApprovalEntity {
  automatic: "public"[];
  manual: never[];
  current_user: "automatic" | "denied" | "unknown" | "missing";
}

/** Mastodon's `AccountRole`. */
export interface AccountRoleEntity {
  id: string;
  name: string;
  color: string;
}

/** As Mastodon numbers them. */
export const accountRoles: Record<Staff, AccountRoleEntity> = {
  moderator: { id: "1", name: "Moderator", color: "" },
  admin: { id: "3", name: "Admin", color: "" },
};

/** Mastodon's `Account`, every key always there. */
export interface AccountEntity {
  id: string;
  username: string;
  acct: string;
  display_name: string;
  locked: boolean;
  bot: boolean;
  discoverable: boolean | null;
  indexable: boolean;
  group: boolean;
  created_at: string;
  note: string;
  url: string;
  uri: string;
  avatar: string;
  avatar_static: string;
  avatar_description: string;
  header: string;
  header_static: string;
  header_description: string;
  followers_count: number;
  following_count: number;
  statuses_count: number;
  last_status_at: string | null;
  hide_collections: boolean | null;
  show_media: boolean;
  show_media_replies: boolean;
  show_featured: boolean;
  /** Only of those who live here. */
  noindex?: boolean;
  emojis: CustomEmojiEntity[];
  fields: FieldEntity[];
  roles: AccountRoleEntity[];
  feature_approval: FeatureApprovalEntity;
  /** Where they live now. One deep: of that account it is not said. */
  moved?: AccountEntity;
  /** There only where it is true, as Mastodon's. */
  suspended?: true;
}

/** These accounts in the order given; who is gone is left out. */
export async function showAccounts(ctx: Ctx, ids: readonly string[]): Promise<AccountEntity[]> {
  const accounts = await accountsById(ctx.db, ids);
  return await withMoves(ctx, ids.flatMap((id) => accounts.get(id) ?? []));
}

/** One account, and where it has moved to. */
export async function showAccount(ctx: Ctx, account: Account): Promise<AccountEntity> {
  const [entity] = await withMoves(ctx, [account]);
  return entity!;
}

async function withMoves(ctx: Ctx, accounts: readonly Account[]): Promise<AccountEntity[]> {
  const targets = await accountsById(ctx.db, accounts.flatMap(({ movedToId }) => movedToId ?? []));
  return accounts.map((account) => {
    const target = targets.get(account.movedToId ?? "");
    const entity = toEntity(ctx, account);
    return target ? { ...entity, moved: toEntity(ctx, target) } : entity;
  });
}

/** One account as API JSON. A suspended one keeps its name and shows nothing of itself. */
export function toEntity(ctx: Ctx, account: Account): AccountEntity {
  const shown = account.suspendedAt ? bare(account) : account;
  const { id, avatarKey, avatarUrl, headerKey, headerUrl } = shown;
  const avatar = showPicture(ctx, "avatar", id, { key: avatarKey, url: avatarUrl }) ?? none(ctx, "avatar");
  const header = showPicture(ctx, "header", id, { key: headerKey, url: headerUrl }) ?? none(ctx, "header");
  return {
    id,
    username: shown.username,
    acct: handleOf(shown),
    display_name: shown.displayName,
    locked: shown.isLocked,
    bot: shown.kind === "service" || shown.kind === "application",
    discoverable: shown.isDiscoverable,
    indexable: shown.isIndexable,
    group: shown.kind === "group",
    created_at: day(shown.createdAt),
    note: shown.bioHtml,
    url: shown.url,
    uri: shown.uri,
    avatar: avatar.url,
    avatar_static: avatar.still,
    avatar_description: avatarKey ?? avatarUrl ? shown.avatarDescription : "",
    header: header.url,
    header_static: header.still,
    header_description: headerKey ?? headerUrl ? shown.headerDescription : "",
    followers_count: shown.followersCount,
    following_count: shown.followingCount,
    statuses_count: shown.postsCount,
    last_status_at: shown.lastPostAt?.toString().slice(0, 10) ?? null,
    hide_collections: isLocal(shown) ? shown.hidesCollections : null,
    show_media: shown.showsMedia,
    show_media_replies: shown.showsMediaReplies,
    show_featured: shown.showsFeatured,
    ...(isLocal(shown) && { noindex: !shown.isIndexable }),
    emojis: toEmojis(ctx, shown.emojis),
    fields: shown.fields.map((field) => ({
      name: field.name,
      value: field.html,
      verified_at: field.verifiedAt ?? null,
    })),
    roles: shown.staff ? [accountRoles[shown.staff]] : [],
    feature_approval: featureApproval(ctx, shown),
    ...(account.suspendedAt && { suspended: true as const }),
  };
}

/** Who lives here may be shown where they let themselves be found. What others allow we don't know. */
function featureApproval({ isForMember }: Ctx, account: Account): FeatureApprovalEntity {
  if (!isLocal(account)) return { automatic: [], manual: [], current_user: "missing" };
  const verdict = account.isDiscoverable ? "automatic" : "denied";
  return {
    automatic: account.isDiscoverable ? ["public"] : [],
    manual: [],
    current_user: isForMember ? verdict : "unknown",
  };
}

function bare(account: Account): Account {
  return { ...account, ...nothing, lastPostAt: null };
}

/** What stands where somebody has no picture: the address is always one, for clients insist on it. */
function none({ config }: Ctx, what: "avatar" | "header"): ShownPicture {
  const url = `${config.baseUrl}/assets/${what}.png`;
  return { url, still: url };
}

/** Mastodon shows only the day on which an account was made, at midnight. */
function day(instant: Temporal.Instant): string {
  return `${instant.toString().slice(0, 10)}T00:00:00.000Z`;
}

/** An instant as the API writes it: milliseconds and Z. By Date, which writes it in half the time. */
export function timestamp(instant: Temporal.Instant): string {
  return new Date(instant.epochMilliseconds).toISOString();
}
