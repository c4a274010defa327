/**
 * How a quote stands with the author of what it quotes: not yet known, agreed to, refused, or agreed to and taken
 * back (FEP-044f).
 */
export type QuoteState = "pending" | "accepted" | "rejected" | "revoked";

/** That one post quotes another. */
export interface Quote {
  /** The post that quotes. */
  postId: string;
  /** What it quotes; null where that is gone, or can't be had. */
  quotedId: string | null;
  quotedUri: string;
  state: QuoteState;
  /** Where the quoted author's server says that they agreed. What quotes a post from here has none: see `stampUriOf`. */
  stampUri: string | null;
}

/** A quote that is not one yet: the post that will quote has no id. */
export type QuoteDraft = Omit<Quote, "postId">;

/** What a post from elsewhere says that it quotes. */
export interface QuoteSaid {
  uri: string;
  stampUri: string | null;
  /** Said in words that know of no consent: `quoteUrl` and the like. */
  isLegacy: boolean;
}
