import type { Card } from "../base/entities.ts";

/** The page that a post links to, in its own words. */
export function PreviewCard({ card }: { card: Card }) {
  const { url, title, description, image, language } = card;
  const by = [card.provider_name, card.author_name].filter((name) => name !== "").join(" · ");
  return (
    <a class="card" href={url} target="_blank" rel="nofollow noopener noreferrer">
      {image && <img class="card-image" src={image} alt={card.image_description} loading="lazy" />}
      <span class="card-words" dir="auto" lang={language ?? undefined}>
        <span class="card-by">{by}</span>
        <span class="card-title">{title}</span>
        {description && <span class="card-description">{description}</span>}
      </span>
    </a>
  );
}
