import { Parser } from "htmlparser2";
import { webUri } from "../base/loosely.ts";
import { readHandle } from "../accounts/account.ts";
import type { PageFacts } from "./card.ts";

/** More than this of each nobody reads in a card. In UTF-16 units. */
const longest = { title: 300, description: 1_000, name: 200 };

/** What stands in the head of a page: the first of each name counts. */
interface Head {
  title: string;
  language: string;
  meta: Map<string, string>;
}

/**
 * What a page says of itself: Open Graph (https://ogp.me), the older names where it has none, and
 * `fediverse:creator`. Everything is a stranger's, and only text and addresses of the web are taken: nothing of it is
 * shown as HTML. A page without a title says nothing. `ownDomain` is that of our members' handles.
 */
export function readPage(html: string, url: string, ownDomain: string): PageFacts {
  const { title, language, meta } = headOf(html);
  const say = (names: string[], most: number) =>
    oneLine(names.map((name) => meta.get(name)).find((text) => text?.trim()) ?? "").slice(0, most)
      .toWellFormed();
  const address = (text: string | undefined) => {
    const found = text?.trim() ? URL.parse(text.trim(), url) : null;
    return found ? webUri(found.href) : undefined;
  };
  const author = say(["og:article:author", "article:author", "author", "dc.creator"], longest.name);
  return {
    title: say(["og:title", "twitter:title"], longest.title) ||
      oneLine(title).slice(0, longest.title).toWellFormed(),
    description: say(["og:description", "twitter:description", "description"], longest.description),
    kind: meta.get("og:type")?.startsWith("video") ? "video" : "link",
    authorName: webUri(author) ? "" : author,
    authorUrl: webUri(author) ?? "",
    providerName: say(["og:site_name", "application-name"], longest.name),
    creator: readHandle(meta.get("fediverse:creator") ?? "", ownDomain),
    site: new URL(url).hostname,
    imageUrl: address(meta.get("og:image:secure_url") ?? meta.get("og:image") ?? meta.get("twitter:image")) ??
      null,
    imageDescription: say(["og:image:alt", "twitter:image:alt"], longest.description),
    imageWidth: pixels(meta.get("og:image:width")),
    imageHeight: pixels(meta.get("og:image:height")),
    language: languageIn(language || (meta.get("og:locale") ?? "")),
    publishedAt: instantIn(meta.get("article:published_time") ?? meta.get("og:article:published_time")),
  };
}

function headOf(html: string): Head {
  const head: Head = { title: "", language: "", meta: new Map() };
  let isTitle = false;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      isTitle = name === "title" && head.title === "";
      if (name === "html") head.language = attributes.lang ?? "";
      if (name === "body") parser.pause();
      if (name === "meta") noteMeta(head.meta, attributes);
    },
    ontext: (text) => {
      if (isTitle && head.title.length < 1_000) head.title += text;
    },
    onclosetag: () => isTitle = false,
  }, { decodeEntities: true });
  parser.write(html);
  return head;
}

function noteMeta(meta: Map<string, string>, { property, name, content }: Record<string, string>): void {
  const key = (property ?? name)?.trim().toLowerCase();
  if (key && content && meta.size < 200 && !meta.has(key)) meta.set(key, content);
}

function oneLine(text: string): string {
  return text.replaceAll("\0", "").replaceAll(/\s+/g, " ").trim();
}

function pixels(text: string | undefined): number | null {
  const count = Number(text);
  return Number.isInteger(count) && count > 0 && count < 100_000 ? count : null;
}

function languageIn(text: string): string | null {
  const [, language] = text.trim().toLowerCase().match(/^([a-z]{2,3})([-_][a-z0-9_-]*)?$/) ?? [];
  return language ?? null;
}

function instantIn(text: string | undefined): Temporal.Instant | null {
  const time = new Date(text ?? "").getTime();
  return Number.isNaN(time) ? null : Temporal.Instant.fromEpochMilliseconds(time);
}
