import { usePage } from "./page.tsx";
import { paths } from "./paths.ts";

/** What a page says about itself to browsers, search engines and link previews. */
export interface HeadProps {
  /** Without the server's name. Undefined: the server's name alone. */
  title?: string;
  /** Default: what the server says of itself. */
  description?: string;
  /** The one address of this page, in full. */
  canonical?: string;
  /** Open Graph's kind of page. Default `website`. */
  type?: "website" | "profile" | "article";
  /** A picture for link previews, in full. */
  image?: string;
  /** ISO 8601; of an article. */
  published?: string;
  /** The ActivityPub document of the same thing. */
  activity?: string;
  /** Where other pages learn how to show this one (https://oembed.com). */
  embed?: string;
  /** Keeps search engines away: members' own pages, and profiles that asked for it. */
  noindex?: boolean;
}

/** Everything inside of `<head>`. `stylesheet` is the address of the joined stylesheet. */
export function Head({ stylesheet, ...given }: HeadProps & { stylesheet: string }) {
  const { t, instance } = usePage();
  const head = { ...given, description: given.description || instance.description };
  const title = head.title ? t.pageTitle(head.title, instance.title) : instance.title;
  return (
    <head>
      <meta charset="utf-8" />
      <title>{title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#f5f7f4" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#0e1413" media="(prefers-color-scheme: dark)" />
      <link rel="stylesheet" href={stylesheet} />
      <link rel="icon" href={paths.favicon} type="image/svg+xml" />
      <link rel="apple-touch-icon" href={paths.touchIcon} />
      <link rel="manifest" href={paths.manifest} />
      {head.noindex && <meta name="robots" content="noindex" />}
      {head.description && <meta name="description" content={head.description} />}
      {head.canonical && <link rel="canonical" href={head.canonical} />}
      {head.activity && <link rel="alternate" type="application/activity+json" href={head.activity} />}
      {head.embed && <link rel="alternate" type="application/json+oembed" href={head.embed} />}
      <OpenGraph {...head} />
    </head>
  );
}

/** https://ogp.me: how a link to this page looks elsewhere. */
function OpenGraph({ title, description, canonical, type = "website", image, published }: HeadProps) {
  const { instance } = usePage();
  const properties: [string, string | undefined][] = [
    ["og:site_name", instance.title],
    ["og:type", type],
    ["og:title", title ?? instance.title],
    ["og:description", description],
    ["og:url", canonical],
    ["og:image", image],
    ["article:published_time", published],
  ];
  return (
    <>
      {properties.map(([property, content]) =>
        content && <meta key={property} property={property} content={content} />
      )}
      <meta name="twitter:card" content="summary" />
    </>
  );
}
