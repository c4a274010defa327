/** How one account stands to another: what the database knows of both directions at one moment. */
export interface Relationship {
  /** The other account. */
  id: string;
  follow?: Following;
  request?: Following;
  followedBy: boolean;
  requestedBy: boolean;
  blocking: boolean;
  blockedBy: boolean;
  /** The whole server where it lives is. */
  domainBlocking: boolean;
  mute?: Muting;
  /** Whether the other one is recommended on this one's profile. */
  endorsed: boolean;
  /** What this one noted about the other for themselves. */
  note: string;
}

/** What a follower wants to see of whom they follow. */
export interface Following {
  showsBoosts: boolean;
  /** Whether every post is a notification. */
  notifies: boolean;
  /** Only posts in these languages; null: in all. */
  languages: string[] | null;
  /** What its `Follow` is called, where another server has part in it. */
  uri: string | null;
}

/** A mute that holds. */
export interface Muting {
  hidesNotifications: boolean;
  /** Null: until it is taken back. */
  expiresAt: Temporal.Instant | null;
}
