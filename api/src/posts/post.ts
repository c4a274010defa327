import type { Visibility } from "../auth/member.ts";
import { linkIn } from "../cards/link_in.ts";

/** What can be done with a post. */
export const interactions = ["like", "reply", "boost", "quote"] as const;
export type Interaction = typeof interactions[number];

/**
 * Who may do something at once, and who may if the author lets them; nobody else may, but for the author. Each is
 * `public`, the author's `followers`, those whom they follow (`following`), or the URI of an account.
 */
export interface Rule {
  automatic: string[];
  manual: string[];
}

/** What is not named is as usual: see policy.ts. */
export type Policy = Partial<Record<Interaction, Rule>>;

/** Something that somebody published; or, with `boostOfId`, that they passed on. */
export interface Post {
  id: string;
  authorId: string;
  isLocal: boolean;
  /** The ActivityPub id. */
  uri: string;
  /** The page that people see; null for a post from here, whose page follows its author's name. */
  url: string | null;
  boostOfId: string | null;
  replyToId: string | null;
  replyToAccountId: string | null;
  /** The ActivityPub id of what it answers, where we don't have that. */
  replyToUri: string | null;
  visibility: Visibility;
  html: string;
  /** As typed; only posts from here have it. */
  source: string | null;
  contentWarning: string;
  isSensitive: boolean;
  language: string | null;
  /** Never leaves this server: only those who live here may see it. */
  isLocalOnly: boolean;
  /** Who may do what with it, as far as its author says. */
  policy: Policy;
  appId: string | null;
  repliesCount: number;
  boostsCount: number;
  favouritesCount: number;
  /** Of quotes to which its author consents. */
  quotesCount: number;
  createdAt: Temporal.Instant;
  editedAt: Temporal.Instant | null;
}

/** Whether whoever may come by may see it, so that it may be boosted by all. */
export function isPublic(post: Pick<Post, "visibility">): boolean {
  return post.visibility === "public" || post.visibility === "unlisted";
}

/** Whether anything in it may lead to a page. */
export function hasLinks({ html }: Pick<Post, "html">): boolean {
  return linkIn({ html, mentioned: new Set() }) !== undefined;
}
