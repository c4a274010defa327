/**
 * What can be told: that somebody mentioned, posted, boosted, favourited, followed, asked to follow, edited; or
 * that their poll has ended.
 */
export const kinds = ["mention", "post", "boost", "favourite", "follow", "request", "edit", "poll"] as const;
export type Kind = typeof kinds[number];

/** Something that somebody else did and that concerns a member. */
export interface Notification {
  id: string;
  kind: Kind;
  /** Who did it. */
  fromId: string;
  /** The post that it is about; of a boost, the one that was boosted. */
  postId: string | null;
  createdAt: Temporal.Instant;
}
