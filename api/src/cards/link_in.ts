import { Parser } from "htmlparser2";
import { webUri } from "../base/loosely.ts";

/** In which post a link is looked for. */
export interface Linking {
  /** Sanitised. */
  html: string;
  /** Addresses of those whom it mentions: not every server marks such links. */
  mentioned: ReadonlySet<string>;
}

/** The first link of a post that leads to a page: no mention, no hashtag, and not what it quotes. */
export function linkIn({ html, mentioned }: Linking): string | undefined {
  if (!html.includes("<a ")) return undefined; // as most
  let found: string | undefined;
  /** Tags that are open within what stands for a quoted post. */
  let quoted = 0;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      const classes = attributes.class?.split(/\s+/) ?? [];
      if (quoted > 0 || classes.includes("quote-inline")) quoted++;
      if (name !== "a" || found || quoted > 0) return;
      const isName = classes.includes("mention") || classes.includes("hashtag") ||
        attributes.rel?.split(/\s+/).includes("tag");
      const url = webUri(attributes.href);
      if (url && !isName && !mentioned.has(url)) found = url;
    },
    onclosetag: () => {
      if (quoted > 0) quoted--;
    },
  }, { decodeEntities: true });
  parser.end(html);
  return found;
}
