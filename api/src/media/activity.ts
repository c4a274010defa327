import type { Document, Link, Object as AnyObject } from "@fedify/vocab";
import type { Json, JsonObject } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import { nothingFetched, objectsIn, several, textIn, uriIn, webUri } from "../base/loosely.ts";
import { ownAddress, previewAddress } from "./addresses.ts";
import type { Attachment, AttachmentKind, Focus, RemoteAttachment } from "./attachment.ts";

/** Media as ActivityStreams: ours to theirs, and theirs to ours. */

/** More, and longer ones, than anybody shows or reads. */
const mostAttachments = 16;
const longestDescription = 10_000;
const largestSide = 1_000_000;

/** What a post of ours shows. Alt text is the `name`, as Mastodon has it. */
export function toDocument(ctx: Pick<Ctx, "config">, attachment: Attachment): JsonObject {
  const { fileKey, extension, focusX, focusY, width, height, duration, kind } = attachment;
  const preview = kind === "image" ? undefined : previewAddress(ctx, attachment);
  return {
    type: "Document",
    mediaType: attachment.contentType,
    url: ownAddress(ctx, fileKey!, `original.${extension}`),
    name: attachment.description,
    blurhash: attachment.blurhash ?? undefined,
    focalPoint: focusX !== null && focusY !== null ? [focusX, focusY] : undefined,
    width: width ?? undefined,
    height: height ?? undefined,
    duration: duration === null ? undefined : `PT${duration.toFixed(3)}S`,
    icon: preview && toImage(preview, "image/webp"),
  };
}

/** Somebody's avatar or header. */
export function toImage(url: string, mediaType: string, description = ""): JsonObject {
  // Most servers read a description from `name`; of profiles' pictures, Mastodon reads `summary`.
  const described = description === "" ? {} : { name: description, summary: description };
  return { type: "Image", mediaType, url, ...described };
}

/** Where the picture is that an actor's `icon` or `image` names: as an address, an object or several of them. */
export function readPicture(value: Json | undefined): string | undefined {
  for (const one of several(value)) {
    const [image] = objectsIn(one);
    const address = image ? uriIn(image.url) ?? webUri(image.href) : webUri(one);
    if (address) return address;
  }
}

/** What that picture shows, in the words of whoever describes it; "" where nobody does. */
export function readPictureDescription(value: Json | undefined): string {
  const [image] = several(value).flatMap((one) => objectsIn(one));
  return (textIn(image?.name) ?? textIn(image?.summary) ?? "").slice(0, longestDescription);
}

/** What a post from elsewhere shows, of all that is attached to it; the same address once. */
export async function readAttachments(attached: readonly (AnyObject | Link)[]): Promise<RemoteAttachment[]> {
  const vocab = await import("@fedify/vocab");
  const found = new Map<string, RemoteAttachment>();
  for (const one of attached) {
    const read = one instanceof vocab.Link ? readLink(one) : await readObject(one, vocab);
    if (read && !found.has(read.remoteUrl)) found.set(read.remoteUrl, read);
    if (found.size >= mostAttachments) break;
  }
  return [...found.values()];
}

/** A link is shown only where it says that it leads to a picture, film or sound: else it is a link. */
function readLink({ href, mediaType, name, width, height }: Link): RemoteAttachment | undefined {
  const remoteUrl = webUri(href?.href);
  const kind = kindOf(mediaType);
  if (!remoteUrl || kind === "unknown") return undefined;
  return {
    ...bare,
    ...{ kind, remoteUrl, contentType: mediaType },
    description: text(name),
    width: side(width),
    height: side(height),
  };
}

async function readObject(
  object: AnyObject,
  vocab: typeof import("@fedify/vocab"),
): Promise<RemoteAttachment | undefined> {
  const { Document, Image, Video, Audio } = vocab;
  if (!(object instanceof Document)) return undefined;
  const file = fileOf(object.urls, object.mediaType);
  if (!file) return undefined;
  const said = object instanceof Video ? "video" : object instanceof Audio ? "audio" : "unknown";
  const byType = object instanceof Image ? "image" : said;
  const kind = kindOf(file.mediaType, byType);
  const icon = await object.getIcon(nothingFetched);
  const { blurhash, focus } = readExtras(object);
  return {
    kind,
    remoteUrl: file.url,
    remotePreviewUrl: kind === "image" ? null : fileOf(icon?.urls ?? [], null)?.url ?? null,
    contentType: file.mediaType,
    description: text(object.name) ?? text(object.summary),
    focus,
    blurhash,
    width: side(object.width ?? file.width),
    height: side(object.height ?? file.height),
    duration: object.duration ? object.duration.total("seconds") : null,
  };
}

const bare = {
  remotePreviewUrl: null,
  description: null,
  focus: null,
  blurhash: null,
  width: null,
  height: null,
  duration: null,
};

interface File {
  url: string;
  mediaType: string | null;
  width: number | null;
  height: number | null;
}

/** The file among its addresses: the first that is said to be a picture, film or sound, or else the first. */
function fileOf(urls: readonly (URL | Link)[], mediaType: string | null): File | undefined {
  const files = urls.flatMap((one): File[] => {
    const url = webUri(one instanceof URL ? one.href : one.href?.href);
    if (!url) return [];
    if (one instanceof URL) return [{ url, mediaType, width: null, height: null }];
    return [{ url, mediaType: one.mediaType ?? mediaType, width: one.width, height: one.height }];
  });
  return files.find((file) => kindOf(file.mediaType) !== "unknown") ?? files[0];
}

function kindOf(mediaType: string | null, otherwise: AttachmentKind = "unknown"): AttachmentKind {
  const [family = ""] = (mediaType ?? "").toLowerCase().split("/");
  return family === "image" || family === "video" || family === "audio" ? family : otherwise;
}

/** `tidy` of delivery/ puts what the vocabulary has no words for where attachments have nothing else. */
function readExtras({ content }: Document): { blurhash: string | null; focus: Focus | null } {
  try {
    const extras: JsonObject = JSON.parse(String(content ?? "{}"));
    const { blurhash, focalPoint } = extras;
    const isHash = typeof blurhash === "string" && /^[\w#$%*+,\-.:;=?@[\]^{|}~]{6,200}$/.test(blurhash);
    const [x, y] = several(focalPoint);
    return { blurhash: isHash ? blurhash : null, focus: readFocus(x, y) };
  } catch {
    return { blurhash: null, focus: null };
  }
}

/** A point between -1 and 1, as two numbers. */
function readFocus(x: Json | undefined, y: Json | undefined): Focus | null {
  const isIn = (value: Json | undefined) => typeof value === "number" && Math.abs(value) <= 1;
  return isIn(x) && isIn(y) ? { x: Number(x), y: Number(y) } : null;
}

function text(value: AnyObject["name"]): string | null {
  return value === null ? null : value.toString().trim().slice(0, longestDescription) || null;
}

function side(pixels: number | null): number | null {
  return pixels !== null && Number.isInteger(pixels) && pixels > 0 && pixels <= largestSide ? pixels : null;
}
