import sanitize from "sanitize-html";

/**
 * Strangers' HTML, made harmless by allow-list: what Mastodon lets through, so that every app can show it.
 * The result has no raw-text and no foreign (svg, math) elements, so a browser reads it as it was checked.
 */

/** Of anything longer only the beginning is read. In UTF-16 units. */
const maxLength = 200_000;
/** An end tag costs time in proportion to what is open, so tags are counted as well. */
const maxTags = 10_000;
const maxDepth = 64;

const headings = ["h1", "h2", "h3", "h4", "h5", "h6"];
/** Where a line begins and ends, and which we show. */
const shownBlocks = ["blockquote", "li", "ol", "p", "pre", "ul", ...headings];
/** The same, but only their contents are shown. */
const hiddenBlocks = [
  ...["address", "article", "aside", "caption", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption"],
  ...[
    "figure",
    "footer",
    "form",
    "header",
    "hr",
    "main",
    "nav",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
  ],
];
const inline = [
  ...["a", "b", "br", "code", "del", "em", "i", "rp", "rt", "ruby", "s", "span", "strong", "u"],
];
/** Not even their contents are shown: no text for people, or read differently with scripts on and off. */
const silent = [
  ...["head", "iframe", "noembed", "noframes", "noscript", "option", "script", "style", "svg", "template"],
  ...["textarea", "title", "xmp"],
];
/** Microformats, and what marks mentions, hashtags and shortened links. Our own styles must not begin so. */
const classes = [
  ...["h-*", "p-*", "u-*", "dt-*", "e-*", "mention", "hashtag", "ellipsis", "invisible", "quote-inline"],
];

const reading: sanitize.IOptions = {
  nonTextTags: silent,
  nestingLimit: maxDepth,
  parseStyleAttributes: false,
};

const allowed: sanitize.IOptions = {
  ...reading,
  allowedTags: [...shownBlocks, ...inline],
  allowedAttributes: {
    "*": ["lang"],
    a: ["href", "rel", "target", "translate"],
    span: ["translate"],
    ol: ["start", "reversed"],
    li: ["value"],
  },
  allowedClasses: { a: classes, p: classes, span: classes },
  allowedSchemes: ["http", "https"],
  allowProtocolRelative: false,
  transformTags: {
    a: (_, attributes) => link(untranslated(attributes)),
    span: (tagName, attributes) => ({ tagName, attribs: untranslated(attributes) }),
  },
};

/**
 * The HTML of a post or profile as it may be shown: never throws, always well nested. Headings become bold
 * paragraphs, as Mastodon has them; a link that does not lead to the web keeps only its text.
 */
export function sanitizeHtml(html: string): string {
  let begun = false;
  let parted = false;
  const passTag = (name: string) => {
    if (hiddenBlocks.includes(name)) parted = begun;
    else if (shownBlocks.includes(name)) parted = false;
  };
  // A block that is taken away must not glue the words that it parted.
  const passText = (text: string) => {
    const space = parted && !/^\s/.test(text) ? " " : "";
    begun = true;
    parted = false;
    return space + text;
  };
  const clean = sanitize(bounded(html), {
    ...allowed,
    onOpenTag: passTag,
    onCloseTag: passTag,
    textFilter: passText,
  });
  // Nothing but real tags has a `<` here: in texts and attributes it is escaped.
  return clean
    .replaceAll("<br />", "<br>")
    .replaceAll(/<h[1-6]( lang="[^"]*")?>/g, "<p$1><strong>")
    .replaceAll(/<\/h[1-6]>/g, "</strong></p>");
}

function link(attributes: sanitize.Attributes): sanitize.Tag {
  const href = attributes.href?.trim() ?? "";
  if (!isWebUrl(href)) return { tagName: "span", attribs: {} };
  const marksTag = attributes.rel?.split(/\s+/).includes("tag");
  const rel = marksTag ? "tag nofollow noopener" : "nofollow noopener";
  const web = { href, rel, target: "_blank" };
  return { tagName: "a", attribs: { ...web, ...attributes, ...web } };
}

/** Of `translate` only the "no" counts. */
function untranslated({ translate, ...others }: sanitize.Attributes): sanitize.Attributes {
  return translate === "no" ? { ...others, translate } : others;
}

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/**
 * What people read in this HTML, without markup: for previews, search and notifications. Each block and each
 * `<br>` is a line, entities are decoded, white space is as a browser would show it. Not HTML: escape it.
 */
export function plainText(html: string): string {
  const pieces: string[] = [];
  let preformatted = 0;
  const atLineStart = () => pieces.at(-1)?.endsWith("\n") ?? true;
  const passTag = (name: string, step: 1 | -1) => {
    if (name === "pre") preformatted += step;
    const breaks = name === "br" ? step < 0 : isBlock(name) && !atLineStart();
    if (breaks) pieces.push("\n");
  };
  const passText = (escaped: string) => {
    let text = unescapeHtml(escaped);
    if (preformatted === 0) text = text.replaceAll(/[ \t\r\n\f]+/g, " ");
    if (preformatted === 0 && atLineStart()) text = text.replace(/^ /, "");
    if (text !== "") pieces.push(text);
    return "";
  };
  sanitize(bounded(html), {
    ...reading,
    allowedTags: [],
    onOpenTag: (name) => passTag(name, 1),
    onCloseTag: (name) => passTag(name, -1),
    textFilter: passText,
  });
  return pieces.join("").split("\n").map((line) => line.trimEnd()).join("\n").trim();
}

/** Where the links of a page lead that are said to be by the same person (`rel="me"`), in its head or its text. */
export function meLinksIn(html: string): string[] {
  const found: string[] = [];
  sanitize(bounded(html), {
    ...reading,
    allowedTags: [],
    onOpenTag: (name, { rel, href }) => {
      const isMine = (name === "a" || name === "link") && /(^|\s)me(\s|$)/i.test(rel ?? "");
      if (isMine && href) found.push(href.trim());
    },
  });
  return found;
}

/**
 * The same for HTML that is sanitised already, ten times as fast and less exact: for looking into it. In there tags
 * are what stands between angle brackets.
 */
export function textWithin(sanitized: string): string {
  const text = sanitized.replaceAll(/<br[^>]*>|<\/(?:p|li|blockquote|pre|h[1-6])>/g, "\n").replaceAll(
    /<[^>]*>/g,
    "",
  );
  return unescapeHtml(text).trim();
}

function isBlock(name: string): boolean {
  return shownBlocks.includes(name) || hiddenBlocks.includes(name);
}

/** `text` for a place between tags or between quotes in HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

/** Undoes what the sanitiser escapes in texts. */
function unescapeHtml(html: string): string {
  return html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** As much of it as we read; without what PostgreSQL can't store. */
function bounded(html: string): string {
  const head = html.slice(0, maxLength).replaceAll("\0", "").toWellFormed();
  let tags = 0;
  for (const { index } of head.matchAll(/<[/a-z]/gi)) {
    if (++tags > maxTags) return head.slice(0, index);
  }
  return head;
}
