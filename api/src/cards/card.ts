/** What the page behind a link says of itself. Texts are plain, and may be empty. */
export interface PageFacts {
  title: string;
  description: string;
  kind: "link" | "video" | "photo";
  authorName: string;
  authorUrl: string;
  providerName: string;
  /** Whom it names as its author. */
  creator?: { username: string; domain: string | null };
  /** The host that it came from. */
  site: string;
  imageUrl: string | null;
  imageDescription: string;
  imageWidth: number | null;
  imageHeight: number | null;
  language: string | null;
  publishedAt: Temporal.Instant | null;
}

/** A page that posts link to, with what it says. */
export interface Card extends Omit<PageFacts, "publishedAt" | "creator" | "site"> {
  id: string;
  url: string;
  /** Who wrote it, where both the page and they themselves say so. */
  creatorId: string | null;
  /** In ISO 8601. */
  publishedAt: string | null;
}
