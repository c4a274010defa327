import type { Limits } from "../base/page.ts";

/** How many a list shows, and up to how many are counted. */
export const listLimits: Limits = { usual: 40, most: 80 };
export const unreadLimits: Limits = { usual: 100, most: 1000 };

/**
 * What can be told: that somebody mentioned, quoted, posted, boosted, favourited, followed, asked to follow,
 * edited, edited what one quotes, shows one in a collection, changed that; that a poll has ended, that follows ended
 * with a server that one keeps away, that moderators have warned one; and to moderators, that somebody signed up or reported.
 */
export const kinds = [
  "mention",
  "quote",
  "post",
  "boost",
  "favourite",
  "follow",
  "request",
  "edit",
  "quotedEdit",
  "poll",
  "collected",
  "collectionEdit",
  "severed",
  "warned",
  "signUp",
  "report",
] as const;
export type Kind = typeof kinds[number];

/** Those that are told together when they happen to the same thing within some hours. */
export const groupable: readonly Kind[] = ["favourite", "boost", "follow", "signUp"];

/** Those that a stranger can cause: the member's policy decides about them. */
export const filterable: readonly Kind[] = [
  ...["mention", "quote", "boost", "favourite", "follow", "request", "collected"] as const,
];

/** Those with which somebody writes to a member: kept back, they wait with a request. */
export const writing: readonly Kind[] = ["mention", "quote"];

/** Something that somebody else did and that concerns a member. */
export interface Notification {
  id: string;
  kind: Kind;
  /** Who did it; of what nobody did, the member. */
  fromId: string;
  /** The post that it is about; of a boost, the one that was boosted. */
  postId: string | null;
  reportId: string | null;
  severanceId: string | null;
  warningId: string | null;
  collectionId: string | null;
  /** What it is told together with; null: it stands alone. */
  groupKey: string | null;
  /** Kept back by the member's policy. */
  isFiltered: boolean;
  createdAt: Temporal.Instant;
}

/** What Mastodon calls the group of a notification that stands alone. */
const alone = "ungrouped-";

/** The key of its group, which every notification has in the API. */
export function groupKeyOf({ id, groupKey }: Pick<Notification, "id" | "groupKey">): string {
  return groupKey ?? `${alone}${id}`;
}

/** The one notification that a key names, if it names one that stands alone. */
export function aloneIn(groupKey: string): string | undefined {
  return groupKey.startsWith(alone) ? groupKey.slice(alone.length) : undefined;
}
