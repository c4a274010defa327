import type { QuoteState } from "./quote.ts";

/**
 * Mastodon's states of a quote: ours, and those in which what is quoted does not show to this viewer for another
 * reason.
 */
export type QuoteEntityState =
  | QuoteState
  | "deleted"
  | "unauthorized"
  | "blocked_account"
  | "blocked_domain"
  | "muted_account";

/** Mastodon's `Quote`: what is quoted shows only where the state is `accepted`. */
export interface QuoteEntity<Status> {
  state: QuoteEntityState;
  quoted_status: Status | null;
}

/** Mastodon's `ShallowQuote`: a quote within a quote. */
export interface ShallowQuoteEntity {
  state: QuoteEntityState;
  quoted_status_id: string | null;
}
