import type { Emoji, Hashtag, LanguageString, Link, Mention, Object as AnyObject } from "@fedify/vocab";
import { publicUri } from "../base/activitystreams.ts";
import { escapeHtml, sanitizeHtml } from "../base/html.ts";
import { nothingFetched, webUri } from "../base/loosely.ts";
import { normaliseTag } from "../base/text.ts";
import type { Visibility } from "../auth/member.ts";
import { mostEmojis, readEmojiTags } from "../emoji/activity.ts";
import type { RemoteEmoji } from "../emoji/emoji.ts";
import { readAttachments } from "../media/activity.ts";
import type { RemoteAttachment } from "../media/attachment.ts";
import { readQuestion } from "../polls/activity.ts";
import type { PollDraft } from "../polls/poll.ts";
import { readQuote } from "../quotes/activity.ts";
import type { QuoteSaid } from "../quotes/quote.ts";
import { readPolicy } from "./policy_activity.ts";
import type { Policy } from "./post.ts";
import type { Tag } from "./store.ts";

/** Posts as ActivityStreams: theirs to ours. */

/** A post from elsewhere, bounded and harmless; nobody has been looked up yet. */
export interface Incoming {
  uri: string;
  /** The page that people see. */
  url: string;
  html: string;
  contentWarning: string;
  isSensitive: boolean;
  language: string | null;
  publishedAt: Temporal.Instant;
  editedAt: Temporal.Instant | null;
  /** URI of the post that it answers. */
  answers?: string;
  /** URIs of those whom it names, and of those whom it is for. */
  mentioned: string[];
  to: string[];
  cc: string[];
  tags: Tag[];
  poll?: PollDraft;
  attachments: RemoteAttachment[];
  emojis: RemoteEmoji[];
  quotes?: QuoteSaid;
  /** Who may do what with it, in URIs. */
  policy: Policy;
}

const longestWarning = 2_000;
const longestTitle = 1_000;
const mostTags = 50;
const mostPeople = 100;
const mostAttached = 50;

/** The post that this is; undefined where it is none, or has no address under which it could be known. */
export async function readPost(object: AnyObject, now: Temporal.Instant): Promise<Incoming | undefined> {
  const kind = await kindOf(object);
  const uri = webUri(object.id?.href);
  if (!kind || !uri) return undefined;
  const { Question } = await import("@fedify/vocab");
  const url = pageOf(object) ?? uri;
  return {
    uri,
    url,
    html: kind === "note" ? sanitizeHtml(contentOf(object)) : retold(object, url),
    contentWarning: kind === "note" ? textOf(object.summary).slice(0, longestWarning) : "",
    isSensitive: String(object.sensitive) === "true", // some write it as a text
    language: languageOf(object),
    ...timesOf(object, now),
    answers: webUri(object.replyTargetId?.href),
    ...addressesOf(object),
    ...await tagsOf(object),
    poll: object instanceof Question ? await readQuestion(object, now) : undefined,
    attachments: kind === "note" ? await readAttachments(await attachedTo(object)) : [],
    quotes: await readQuote(object),
    policy: readPolicy(object),
  };
}

/** Notes are shown whole. Of what other programs make there is a title, a summary, and the way to it. */
async function kindOf(object: AnyObject): Promise<"note" | "work" | undefined> {
  const vocab = await import("@fedify/vocab");
  if (object instanceof vocab.Note || object instanceof vocab.Question) return "note";
  const works = [vocab.Article, vocab.Page, vocab.Image, vocab.Video, vocab.Audio, vocab.Event];
  return works.some((work) => object instanceof work) ? "work" : undefined;
}

/** Some say what they say only by language. */
function contentOf({ content }: AnyObject): string {
  return content === null ? "" : content.toString();
}

function retold(object: AnyObject, url: string): string {
  const title = textOf(object.name).slice(0, longestTitle);
  const link = escapeHtml(url);
  return sanitizeHtml(
    `${title && `<h2>${escapeHtml(title)}</h2>`}<div>${textOf(object.summary)}</div>` +
      `<p><a href="${link}">${link}</a></p>`,
  );
}

function textOf(text: AnyObject["name"]): string {
  return text === null ? "" : text.toString().trim();
}

/** The language that its text is marked with. Where there are translations, the one that is shown counts. */
function languageOf({ content, contents, names, summaries }: AnyObject): string | null {
  const marked = [...contents, ...names, ...summaries].filter((text): text is LanguageString =>
    typeof text === "object"
  );
  const shown = marked.find((text) => text.toString() === content?.toString()) ?? marked[0];
  return shown?.locale.toString() ?? null;
}

/** The page for people among its addresses: the one said to be HTML, or else the first. */
function pageOf({ urls }: AnyObject): string | undefined {
  const links = urls.filter((url): url is Link => !(url instanceof URL));
  const html = links.find((link) => link.mediaType === "text/html");
  const addresses = [html, ...urls].map((url) => url instanceof URL ? url : url?.href);
  return addresses.map((address) => webUri(address?.href)).find((address) => address !== undefined);
}

/** To whom something is addressed. */
export function addressesOf(object: AnyObject): Pick<Incoming, "to" | "cc"> {
  const uris = (urls: URL[]) => urls.slice(0, mostPeople).map((url) => url.href);
  return { to: uris(object.toIds), cc: uris(object.ccIds) };
}

/** Who may see what is addressed so, by somebody whose followers have this URI. */
export function visibilityOf(
  { to, cc }: Pick<Incoming, "to" | "cc">,
  followersUri: string | null,
): Visibility {
  if (to.includes(publicUri)) return "public";
  if (cc.includes(publicUri)) return "unlisted";
  return followersUri !== null && [...to, ...cc].includes(followersUri) ? "private" : "direct";
}

/** When it was said. Clocks are off, and some lie: nothing is older than 1970 or from the future. */
export function timeOf(said: Temporal.Instant | null, now: Temporal.Instant): Temporal.Instant {
  const milliseconds = Math.min(said?.epochMilliseconds ?? Infinity, now.epochMilliseconds);
  return Temporal.Instant.fromEpochMilliseconds(Math.max(milliseconds, 0));
}

function timesOf({ published, updated }: AnyObject, now: Temporal.Instant) {
  const publishedAt = timeOf(published, now);
  const editedAt = updated && timeOf(updated, now);
  const isEdited = editedAt !== null && Temporal.Instant.compare(editedAt, publishedAt) > 0;
  return { publishedAt, editedAt: isEdited ? editedAt : null };
}

/** Whom it mentions, its hashtags, and its emojis. */
async function tagsOf(object: AnyObject): Promise<Pick<Incoming, "mentioned" | "tags" | "emojis">> {
  const vocab = await import("@fedify/vocab");
  const mentioned = new Set<string>();
  const tags = new Map<string, Tag>();
  const emojis: Emoji[] = [];
  for await (const tag of object.getTags(nothingFetched)) {
    if (tag instanceof vocab.Mention) note(mentioned, tag);
    if (tag instanceof vocab.Hashtag && tags.size < mostTags) gather(tags, tag);
    if (tag instanceof vocab.Emoji && emojis.length < mostEmojis) emojis.push(tag);
    if (mentioned.size >= mostPeople) break;
  }
  return { mentioned: [...mentioned], tags: [...tags.values()], emojis: await readEmojiTags(emojis) };
}

/** What is attached to it, of whatever kind. */
async function attachedTo(object: AnyObject): Promise<(AnyObject | Link)[]> {
  const attached: (AnyObject | Link)[] = [];
  for await (const one of object.getAttachments(nothingFetched)) {
    if (attached.push(one as AnyObject | Link) >= mostAttached) break;
  }
  return attached;
}

function note(mentioned: Set<string>, { href }: Mention): void {
  const uri = webUri(href?.href);
  if (uri) mentioned.add(uri);
}

function gather(tags: Map<string, Tag>, { name: written }: Hashtag): void {
  const displayName = textOf(written).replace(/^[#＃]/, "");
  const name = normaliseTag(displayName);
  if (name !== "" && !tags.has(name)) tags.set(name, { name, displayName: displayName.slice(0, 200) });
}
