/** A hashtag that somebody shows on their profile, and how much they have used it. */
export interface FeaturedTag {
  id: string;
  accountId: string;
  /** As its owner writes it. */
  name: string;
  /** The name under which it is stored and found. */
  tag: string;
  /** Of those posts that everybody may see. */
  postsCount: number;
  lastPostAt: Temporal.Instant | null;
}
