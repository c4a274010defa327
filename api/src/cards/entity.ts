import type { AccountEntity } from "../accounts/entity.ts";
import type { Ctx } from "../base/ctx.ts";
import { remoteAddress } from "../media/addresses.ts";
import type { Card } from "./card.ts";

/** Mastodon's `PreviewCard`. There is never anything in it that runs. */
export interface CardEntity {
  url: string;
  title: string;
  description: string;
  language: string | null;
  type: "link" | "video" | "photo";
  author_name: string;
  author_url: string;
  provider_name: string;
  provider_url: string;
  html: "";
  width: number;
  height: number;
  image: string | null;
  image_description: string;
  embed_url: "";
  blurhash: null;
  published_at: string | null;
  authors: { name: string; url: string; account: AccountEntity | null }[];
  missing_attribution: boolean | null;
}

/** A card as API JSON, and who wrote the page, where that is known. */
export function toCard(ctx: Ctx, card: Card, creator: AccountEntity | undefined): CardEntity {
  const { id, imageUrl, authorName, authorUrl } = card;
  const image = imageUrl && remoteAddress(ctx, { what: "card", id, isSmall: true }, imageUrl);
  return {
    url: card.url,
    title: card.title,
    description: card.description,
    language: card.language,
    type: "link", // without a player a film is a link, too
    author_name: authorName,
    author_url: authorUrl,
    provider_name: card.providerName || new URL(card.url).host,
    provider_url: "",
    html: "",
    width: image ? card.imageWidth ?? 0 : 0,
    height: image ? card.imageHeight ?? 0 : 0,
    image,
    image_description: card.imageDescription,
    embed_url: "",
    blurhash: null,
    published_at: card.publishedAt &&
      Temporal.Instant.from(card.publishedAt).toString({ fractionalSecondDigits: 3 }),
    authors: authorName || authorUrl || creator
      ? [{ name: authorName || (creator?.display_name ?? ""), url: authorUrl, account: creator ?? null }]
      : [],
    missing_attribution: null,
  };
}
