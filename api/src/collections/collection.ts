/** People whom a member would show to others, under a name. */
export interface Collection extends CollectionDraft {
  id: string;
  accountId: string;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  tag: string | null;
}

/** What its owner says of it. */
export interface CollectionDraft {
  name: string;
  description: string;
  language: string | null;
  isSensitive: boolean;
  isDiscoverable: boolean;
  /** A hashtag's normalised name. */
  tag: string | null;
}

/** Somebody in it. Others see only those who may be shown. */
export interface Item {
  id: string;
  collectionId: string;
  accountId: string;
  state: "pending" | "accepted";
  createdAt: Temporal.Instant;
}

/** How many people may be in one: Mastodon's number. */
export const maxItems = 25;
