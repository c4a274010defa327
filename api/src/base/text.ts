import { LinkifyIt } from "linkify-it";
import { escapeHtml } from "./html.ts";

/**
 * Our members' plain text: what it names (people, hashtags, links), how long it counts, and its HTML. The
 * rules are Mastodon's, because apps preview, count and render by them. Nothing here asks the database.
 */

/** Somebody named in a text. `domain` is in lower case and ASCII; without one they live here. */
export interface NamedPerson {
  username: string;
  domain?: string;
}

/** What `toHtml` must be told about the world. */
export interface Faces {
  /** Where a named person's profile is, and their handle without the first @; undefined: leave it as text. */
  mentions: (username: string, domain: string | undefined) => { url: string; handle: string } | undefined;
  /** The page of a hashtag, whose name comes as `normaliseTag` makes it. */
  tagUrl: (name: string) => string;
  /** What links are to this page, if more than usual: `me` in the rows of a profile. */
  linkRel?: string;
}

/** A piece of text that means something; `text` is how it is written there. */
interface Token {
  start: number;
  text: string;
  link?: true;
  person?: NamedPerson;
  tag?: string;
}

/** What every client counts for a link: `characters_reserved_per_url`. */
const charactersPerLink = 23;
/** How much of a link's address people see. In code points. */
const charactersShown = 30;
/** Longer names are cut: they are no words, and no index takes them. In code points. */
const maxTagLength = 100;

const word = String.raw`\p{L}\p{M}\p{Nd}\p{Pc}`;
const separator = "·・\u200c";
const domain = String.raw`[${word}]+(?:(?:\.|-+)[${word}]+)*(?::\d{2,5}(?!\d))?`;
const mention = new RegExp(
  String.raw`(?<![=/${word}])@([a-zA-Z0-9_]+(?:[.-]+[a-zA-Z0-9_]+)*)(?:@(${domain}))?`,
  "gu",
);
const hashtag = new RegExp(
  String.raw`(?<![=/)\p{L}\p{N}])[#＃]([${word}](?:[${word}${separator}]*[${word}])?)`,
  "gu",
);
/** A number alone is an issue or a place in a race; `2024_25` is a season. */
const meaningful = /[^\p{Nd}\p{Pc}]|\p{Nd}\p{Pc}+\p{Nd}/u;
const notInTags = new RegExp(`[^${word}${separator}]`, "gu");

const linkify = new LinkifyIt({ fuzzyLink: false, fuzzyEmail: false })
  .add("ftp:", null).add("mailto:", null).add("//", null);
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The http and https addresses in `text`, as written, each once. */
export function findLinks(text: string): string[] {
  return [...new Set(linksIn(text).map((link) => link.text))];
}

/** The people whom `text` names as `@name` or `@name@host`, each once. */
export function findMentions(text: string): NamedPerson[] {
  const people = tokensIn(text).flatMap((token) => token.person ?? []);
  return unique(people, ({ username, domain = "" }) => `${username.toLowerCase()}@${domain}`);
}

/** The hashtags in `text` without `#`, as written, each once by its normalised name. */
export function findHashtags(text: string): string[] {
  return unique(tokensIn(text).flatMap((token) => token.tag ?? []), normaliseTag);
}

/**
 * The name under which a hashtag is stored and found, however it is written: `#ＦＵＪＩ`, `#fuji` and `Fuji`
 * are one. Takes a stranger's name as well; empty if nothing in it can be part of a hashtag.
 */
export function normaliseTag(name: string): string {
  const folded = name.normalize("NFKC").toLowerCase().normalize("NFKC").replaceAll(notInTags, "");
  return folded.length <= maxTagLength ? folded : [...folded].slice(0, maxTagLength).join("");
}

/** How long `text` is as Mastodon counts: in graphemes, a link as 23, of a remote handle only the name. */
export function countCharacters(text: string): number {
  const counted = rewrite(text, tokensIn(text), (plain) => plain, (token) => {
    if (token.link) return "x".repeat(charactersPerLink);
    return token.person ? `@${token.person.username}` : token.text;
  });
  return countGraphemes(counted);
}

/** How many characters people see in `text`, where a link counts as it stands. */
export function countGraphemes(text: string): number {
  let count = 0;
  for (const _ of graphemes.segment(text)) count++;
  return count;
}

/** `text` in Mastodon's markup, everything escaped. Empty for a text without a visible character. */
export function toHtml(text: string, faces: Faces): string {
  const lines = text.replaceAll(/\r\n?/g, "\n").trim();
  const tokens = tokensIn(lines);
  const shared = sharedNames(tokens, faces);
  const html = rewrite(lines, tokens, escapeHtml, (token) => {
    if (token.link) return linkHtml(token.text, faces);
    if (token.person) return personHtml(token.person, faces, shared) ?? escapeHtml(token.text);
    return tagHtml(token.tag!, faces);
  });
  if (html === "") return "";
  return html.split(/\n(?:[ \t]*\n)+/).map((block) => `<p>${block.replaceAll("\n", "<br>")}</p>`).join("");
}

function linkHtml(url: string, { linkRel }: Faces): string {
  const [prefix] = /^https?:\/\/(?:www\.)?/i.exec(url)!;
  const rest = [...url.slice(prefix.length)];
  const shown = escapeHtml(rest.slice(0, charactersShown).join(""));
  const hidden = escapeHtml(rest.slice(charactersShown).join(""));
  const rel = linkRel ? `${linkRel} nofollow noopener` : "nofollow noopener";
  return `<a href="${escapeHtml(url)}" target="_blank" rel="${rel}" translate="no">` +
    `<span class="invisible">${prefix}</span><span class="${hidden && "ellipsis"}">${shown}</span>` +
    `<span class="invisible">${hidden}</span></a>`;
}

function tagHtml(name: string, faces: Faces): string {
  const url = escapeHtml(faces.tagUrl(normaliseTag(name)));
  return `<a href="${url}" class="mention hashtag" rel="tag">#<span>${escapeHtml(name)}</span></a>`;
}

function personHtml(person: NamedPerson, faces: Faces, shared: Set<string>): string | undefined {
  const face = faces.mentions(person.username, person.domain);
  if (!face) return;
  const name = nameIn(face.handle);
  const shown = escapeHtml(shared.has(name.toLowerCase()) ? face.handle : name);
  return `<span class="h-card" translate="no"><a href="${escapeHtml(face.url)}" class="u-url mention">` +
    `@<span>${shown}</span></a></span>`;
}

/** The names, in lower case, of which the text mentions several bearers: they are shown with their hosts. */
function sharedNames(tokens: Token[], faces: Faces): Set<string> {
  const handles = tokens.flatMap(({ person }) =>
    person && faces.mentions(person.username, person.domain)?.handle.toLowerCase() || []
  );
  const once = new Set<string>();
  const shared = new Set<string>();
  for (const name of [...new Set(handles)].map(nameIn)) (once.has(name) ? shared : once).add(name);
  return shared;
}

function nameIn(handle: string): string {
  return handle.split("@", 1)[0]!;
}

function rewrite(
  text: string,
  tokens: Token[],
  plain: (text: string) => string,
  show: (token: Token) => string,
) {
  let written = "";
  let from = 0;
  for (const token of tokens) {
    written += plain(text.slice(from, token.start)) + show(token);
    from = token.start + token.text.length;
  }
  return written + plain(text.slice(from));
}

/** Everything in `text` that means something, in order, without overlaps. */
function tokensIn(text: string): Token[] {
  const links = linksIn(text);
  // Nobody is named and nothing tagged inside an address, nor right behind one: neither follows a slash.
  const rest = rewrite(text, links, (plain) => plain, (link) => "/".repeat(link.text.length));
  return [...links, ...peopleIn(rest), ...tagsIn(rest)].sort((a, b) => a.start - b.start);
}

function linksIn(text: string): Token[] {
  return (linkify.match(text) ?? [])
    .filter((match) => URL.canParse(match.raw))
    .map((match) => ({ start: match.index, text: match.raw, link: true }));
}

function peopleIn(text: string): Token[] {
  return [...text.matchAll(mention)].flatMap((match) => {
    const [written, username, domain] = match;
    const host = domain && `http://${domain}`;
    if (host && !URL.canParse(host)) return [];
    const person = { username: username!, ...(host && { domain: new URL(host).host }) };
    return [{ start: match.index, text: written, person }];
  });
}

function tagsIn(text: string): Token[] {
  return [...text.matchAll(hashtag)]
    .filter((match) => meaningful.test(match[1]!))
    .map((match) => ({ start: match.index, text: match[0], tag: match[1]! }));
}

/** The first of all that have the same key. */
function unique<T>(items: T[], key: (item: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const item of items) if (!seen.has(key(item))) seen.set(key(item), item);
  return [...seen.values()];
}
