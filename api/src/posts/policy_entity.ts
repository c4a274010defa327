import type { Ties } from "./policy_store.ts";
import { ruleOf, verdictOn } from "./policy.ts";
import type { Post } from "./post.ts";

/** Mastodon's words for circles; it has none for single people. */
type Circle = "public" | "followers" | "following" | "unsupported_policy";

/** Mastodon's `QuoteApproval`: who may quote a post. */
export interface QuoteApprovalEntity {
  automatic: Circle[];
  manual: Circle[];
  current_user: "automatic" | "manual" | "denied" | "unknown";
}

/** Who may quote a post, and whether this viewer may. Strangers may not. */
export function toQuoteApproval(
  post: Post,
  viewer: { id: string; uri?: string } | undefined,
  ties: Ties,
): QuoteApprovalEntity {
  const { automatic, manual } = ruleOf(post, "quote");
  const who = viewer && { id: viewer.id, uri: viewer.uri ?? "" };
  return {
    automatic: circlesIn(automatic),
    manual: circlesIn(manual),
    current_user: who ? verdictOn(post, who, ties, "quote") : "denied",
  };
}

function circlesIn(circles: string[]): Circle[] {
  const known = ["public", "followers", "following"];
  return [
    ...new Set(circles.map((circle) => known.includes(circle) ? circle as Circle : "unsupported_policy")),
  ];
}
