import type { CustomEmoji } from "./entities.ts";

export interface HtmlProps {
  /** Sanitised by the server: nothing else may ever come here. */
  html: string;
  lang?: string | null;
  class?: string;
  /** Those that its words may show. */
  emojis?: readonly CustomEmoji[];
}

/** What somebody wrote, as HTML. The only place where HTML is not made by components. */
export function Html({ html, lang, class: className, emojis = [] }: HtmlProps) {
  return (
    <div
      class={className ? `prose ${className}` : "prose"}
      lang={lang ?? undefined}
      dir="auto"
      // deno-lint-ignore react-no-danger -- the server's allow-list has seen it
      dangerouslySetInnerHTML={{ __html: emojis.length > 0 ? withEmojis(html, emojis) : html }}
    />
  );
}

/** With pictures for the emojis that its words name; what stands in tags stays. */
export function withEmojis(html: string, emojis: readonly CustomEmoji[]): string {
  return html.replace(/<[^>]*>|:(\w{2,}):/g, (whole, name?: string) => {
    const emoji = name && emojis.find(({ shortcode }) => shortcode === name);
    if (!emoji) return whole;
    const src = emoji.static_url.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    return `<img class="emoji" src="${src}" alt="${whole}" width="18" height="18">`;
  });
}

/** The words of some HTML, for titles and descriptions: at most `most` characters, cut between words. */
export function textOf(html: string, most: number): string {
  const text = html
    .replace(/<span class="invisible">[^<]*<\/span>/g, "")
    .replace(/<br\s*\/?>|<\/(p|div|li|h\d|blockquote|pre)>/gi, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, decoded)
    .replace(/\s+/g, " ").trim();
  if (text.length <= most) return text;
  // Half of a surrogate pair is no letter.
  const cut = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
  const space = cut.lastIndexOf(" ");
  return `${space > most / 2 ? cut.slice(0, space) : cut}…`;
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

function decoded(whole: string, decimal?: string, hex?: string, name?: string): string {
  const code = decimal ? Number(decimal) : hex ? parseInt(hex, 16) : undefined;
  if (code !== undefined) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
  return entities[name?.toLowerCase() ?? ""] ?? whole;
}
