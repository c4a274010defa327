import { showAccounts } from "../accounts/entity.ts";
import type { Ctx } from "../base/ctx.ts";
import { type CardEntity, toCard } from "../cards/entity.ts";
import { cardsById } from "../cards/store.ts";
import { histories, type HistoryEntity, lastDays } from "../tags/history.ts";
import { cardDays } from "./trend_store.ts";

/** Mastodon's `Trends::Link`. */
export interface TrendingLinkEntity extends CardEntity {
  history: HistoryEntity[];
}

/** These cards in the order given, with how much they were posted lately. */
export async function showLinks(ctx: Ctx, ids: readonly string[]): Promise<TrendingLinkEntity[]> {
  if (ids.length === 0) return [];
  const days = lastDays(ctx.now());
  const [cards, used] = await Promise.all([
    cardsById(ctx.db, ids),
    cardDays(ctx.db, ids, days.at(-1)!),
  ]);
  const creators = await showAccounts(ctx, [...cards.values().flatMap(({ creatorId }) => creatorId ?? [])]);
  const byId = new Map(creators.map((account) => [account.id, account]));
  const historyOf = histories(days, used);
  return ids.flatMap((id) => {
    const card = cards.get(id);
    return card ? { ...toCard(ctx, card, byId.get(card.creatorId ?? "")), history: historyOf(id) } : [];
  });
}
