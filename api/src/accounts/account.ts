import type { Emoji } from "../emoji/emoji.ts";

/** A line of a profile's table; `verifiedAt` when the page it names links back. */
export interface Field {
  name: string;
  /** HTML, sanitised. */
  html: string;
  /** As its owner typed it; only local accounts have it. */
  source?: string;
  verifiedAt?: string;
}

/** What an account is: ActivityStreams' actor types in our words. */
export type Kind = "person" | "service" | "group" | "organization" | "application";

/** Who sees to it that people get along here. */
export type Staff = "moderator" | "admin";

/** Somebody who posts, here or elsewhere. What only its owner may know stands in `Member`. */
export interface Account {
  id: string;
  username: string;
  /** Null: lives here. */
  domain: string | null;
  /** The ActivityPub id: opaque, and survives a rename. */
  uri: string;
  /** The page that people see. */
  url: string;
  kind: Kind;
  displayName: string;
  bioHtml: string;
  bioSource: string | null;
  fields: Field[];
  isLocked: boolean;
  isDiscoverable: boolean;
  isIndexable: boolean;
  hidesCollections: boolean;
  /** Which tabs their profile has. */
  showsMedia: boolean;
  showsMediaReplies: boolean;
  showsFeatured: boolean;
  /** Sites that may name them as the author of what they publish. */
  attributionDomains: string[];
  /** Their pictures: the key of ours, or where another server has theirs. */
  avatarKey: string | null;
  avatarUrl: string | null;
  headerKey: string | null;
  headerUrl: string | null;
  /** What they show, for those who don't see them. */
  avatarDescription: string;
  headerDescription: string;
  /** What they are to this server, where everybody is to know it. */
  staff: Staff | null;
  /** Those in their name, bio and rows. */
  emojis: Emoji[];
  followersCount: number;
  followingCount: number;
  postsCount: number;
  lastPostAt: Temporal.Instant | null;
  suspendedAt: Temporal.Instant | null;
  /** The account under which they live on. */
  movedToId: string | null;
  createdAt: Temporal.Instant;
}

/** What somebody shows of themselves who is to show nothing. */
export const nothing = {
  displayName: "",
  bioHtml: "",
  fields: [],
  avatarKey: null,
  avatarUrl: null,
  headerKey: null,
  headerUrl: null,
  avatarDescription: "",
  headerDescription: "",
  staff: null,
  emojis: [],
} satisfies Partial<Account>;

/** Whether this account lives here. */
export function isLocal(account: { domain: string | null }): boolean {
  return account.domain === null;
}

/** `alice`, or `alice@elsewhere.test`: how the Mastodon API and our pages name an account. */
export function handleOf(account: { username: string; domain: string | null }): string {
  return account.domain === null ? account.username : `${account.username}@${account.domain}`;
}

/** Splits `alice`, `@alice@host` and the like; undefined for what is no handle. Our own domain counts as none. */
export function readHandle(
  text: string,
  ownDomain: string,
): { username: string; domain: string | null } | undefined {
  const match = text.trim().match(/^@?([\w.-]+)(?:@([\w.:-]+))?$/u);
  if (!match?.[1]) return undefined;
  const domain = match[2]?.toLowerCase() ?? null;
  return { username: match[1], domain: domain === ownDomain ? null : domain };
}
