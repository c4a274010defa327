/** What a report is about. */
export const categories = ["spam", "legal", "violation", "other"] as const;
export type Category = typeof categories[number];

/** Somebody thinks that an account does harm, perhaps with these posts. */
export interface Report {
  id: string;
  /** What its own server calls it; null for one from here. */
  uri: string | null;
  /** Null: gone. */
  reporterId: string | null;
  accountId: string;
  postIds: string[];
  comment: string;
  category: Category;
  /** Numbers of rules, which begin with 1. */
  ruleIds: number[];
  /** Whether the account's own server is told. */
  isForwarded: boolean;
  resolvedAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
}

/** A report that is not one yet. */
export interface ReportDraft {
  uri?: string;
  postIds: readonly string[];
  comment: string;
  category?: Category;
  ruleIds?: readonly number[];
  /** Whether the account's own server should be told. */
  forward?: boolean;
}
