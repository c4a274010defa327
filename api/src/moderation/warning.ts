/** What the moderators have told a member of something that was not right. */
export interface Warning {
  id: string;
  /** Who is warned. */
  accountId: string;
  /** What was done to them besides. */
  action: "none" | "suspend";
  /** What the moderators say to it; empty: nothing. */
  text: string;
  /** Their posts that it is about. */
  postIds: string[];
  createdAt: Temporal.Instant;
}

/** A warning that has not been given yet. */
export type WarningDraft = Pick<Warning, "action" | "text" | "postIds">;

/** Characters that moderators may say. */
export const longestText = 2_000;
