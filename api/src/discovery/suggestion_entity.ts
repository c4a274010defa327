import { type AccountEntity, showAccounts } from "../accounts/entity.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Reason, Suggestion } from "./people_store.ts";

/** Mastodon's words for each reason, and what its older apps call it. */
const sources = {
  friends: { source: "past_interactions", name: "friends_of_friends" },
  followed: { source: "global", name: "most_followed" },
} as const satisfies Record<Reason, { source: string; name: string }>;

/** Mastodon's `Suggestion`. */
export interface SuggestionEntity {
  source: typeof sources[Reason]["source"];
  sources: typeof sources[Reason]["name"][];
  account: AccountEntity;
}

/** These suggestions in the order given; who is gone is left out. */
export async function showSuggestions(
  ctx: Ctx,
  suggestions: readonly Suggestion[],
): Promise<SuggestionEntity[]> {
  const accounts = await showAccounts(ctx, suggestions.map(({ id }) => id));
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return suggestions.flatMap(({ id, reasons: [first, ...others] }) => {
    const account = byId.get(id);
    if (!account || !first) return [];
    return {
      source: sources[first].source,
      sources: [first, ...others].map((reason) => sources[reason].name),
      account,
    };
  });
}
