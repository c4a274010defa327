/** Where a filter can hold. */
export const contexts = ["home", "notifications", "public", "thread", "account"] as const;
export type FilterContext = typeof contexts[number];

/** What it does there: shows a warning first, leaves the post out, or covers its media. */
export const actions = ["warn", "hide", "blur"] as const;
export type FilterAction = typeof actions[number];

/** What a member says about a filter. */
export interface FilterFields {
  title: string;
  contexts: FilterContext[];
  action: FilterAction;
  /** Null: until it is taken back. */
  expiresAt: Temporal.Instant | null;
}

/** Words that a filter looks for. */
export interface KeywordFields {
  keyword: string;
  /** Not within longer words. */
  wholeWord: boolean;
}

export interface Keyword extends KeywordFields {
  id: string;
}

/** One post that a filter catches, whatever it says. */
export interface FilteredPost {
  id: string;
  postId: string;
}

/** What a member does not want to come across. */
export interface Filter extends FilterFields {
  id: string;
  keywords: Keyword[];
  posts: FilteredPost[];
}
