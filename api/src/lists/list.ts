/** Whose answers to others a list shows: to whom its owner follows, to who is on it, to nobody. */
export const replyPolicies = ["followed", "list", "none"] as const;
export type ReplyPolicy = typeof replyPolicies[number];

/** What its owner says of a list. */
export interface ListFields {
  title: string;
  replies: ReplyPolicy;
  /** Those on it are left out of home. */
  isExclusive: boolean;
}

export interface List extends ListFields {
  id: string;
}

/** No more than this for one member, as on Mastodon. */
export const mostLists = 50;
