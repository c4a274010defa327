/** What can be done with a notification: taken, kept back until the member has looked, or never told. */
export const actions = ["accept", "filter", "drop"] as const;
export type Action = typeof actions[number];

/** What a member does with notifications from people of each sort; the strictest of those that apply counts. */
export interface Policy {
  notFollowing: Action;
  /** Whoever has followed the member for less than three days counts as no follower yet. */
  notFollowers: Action;
  newAccounts: Action;
  privateMentions: Action;
  limitedAccounts: Action;
  bots: Action;
}

export const policySorts = [
  "notFollowing",
  "notFollowers",
  "newAccounts",
  "privateMentions",
  "limitedAccounts",
  "bots",
] as const satisfies (keyof Policy)[];

/** Somebody whose writing was kept back: the member accepts or dismisses them. */
export interface Request {
  id: string;
  fromId: string;
  lastPostId: string | null;
  /** How often they have written; beyond a hundred nobody counts. */
  count: number;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
}
