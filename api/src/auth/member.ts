/** From least to most: each may do what those before may. */
export type Role = "member" | "moderator" | "admin";

/** How far a post reaches. */
export type Visibility = "public" | "unlisted" | "private" | "direct";

/** Who may quote what somebody posts. */
export type QuotePolicy = "public" | "followers" | "nobody";

/** The private side of a local account: how its owner signs in, and what they prefer. */
export interface Member {
  accountId: string;
  email: string;
  role: Role;
  locale: string;
  confirmedAt: Temporal.Instant | null;
  approvedAt: Temporal.Instant | null;
  defaultVisibility: Visibility;
  defaultLanguage: string | null;
  defaultSensitive: boolean;
  /** What is to take the place of `email`, once somebody has followed the link that was sent there. */
  newEmail: string | null;
  wantsDigest: boolean;
  defaultQuotePolicy: QuotePolicy;
}

/** Whether a member is at least a moderator. */
export function moderates(member: Member): boolean {
  return member.role !== "member";
}
