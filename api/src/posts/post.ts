import type { Visibility } from "../auth/member.ts";

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
  appId: string | null;
  repliesCount: number;
  boostsCount: number;
  favouritesCount: number;
  createdAt: Temporal.Instant;
  editedAt: Temporal.Instant | null;
}

/** Whether everybody may see it, so that it may be boosted by all and leaves a tombstone. */
export function isPublic(post: Pick<Post, "visibility">): boolean {
  return post.visibility === "public" || post.visibility === "unlisted";
}

/** Whether anything in it leads somewhere. */
export function hasLinks({ html }: Pick<Post, "html">): boolean {
  return html.includes("<a ");
}
