import type { Ctx } from "../base/ctx.ts";
import { ownAddress, previewAddress, remoteAddress } from "./addresses.ts";
import type { Attachment, AttachmentKind } from "./attachment.ts";
import { attachmentsByPost } from "./store.ts";

/** Mastodon's `MediaAttachment`. */
export interface AttachmentEntity {
  id: string;
  type: AttachmentKind;
  /** Null as long as it is processed. */
  url: string | null;
  preview_url: string | null;
  remote_url: string | null;
  preview_remote_url: string | null;
  text_url: null;
  meta: AttachmentMeta;
  description: string | null;
  blurhash: string | null;
}

/** Clients lay pages out by these before anything is loaded. What is not known is absent. */
export interface AttachmentMeta {
  original?: {
    width?: number;
    height?: number;
    size?: string;
    aspect?: number;
    duration?: number;
    frame_rate?: string;
    bitrate?: number;
  };
  small?: Size;
  focus?: { x: number; y: number };
}

interface Size {
  width: number;
  height: number;
  size: string;
  aspect: number;
}

/** What these posts show, by post. Whether anybody may see the posts is not asked. */
export async function showAttachments(
  ctx: Ctx,
  postIds: readonly string[],
): Promise<Map<string, AttachmentEntity[]>> {
  const attachments = await attachmentsByPost(ctx.db, postIds);
  return new Map([...attachments].map(([postId, shown]) => [postId, shown.map((one) => toEntity(ctx, one))]));
}

/** One of them as API JSON. */
export function toEntity(
  ctx: Pick<Ctx, "config" | "secrets" | "isForMember">,
  attachment: Attachment,
): AttachmentEntity {
  return {
    id: attachment.id,
    type: attachment.kind,
    ...addressesOf(ctx, attachment),
    remote_url: attachment.remoteUrl,
    preview_remote_url: attachment.remotePreviewUrl,
    text_url: null,
    meta: metaOf(attachment),
    description: attachment.description,
    blurhash: attachment.blurhash,
  };
}

/** What nobody can show is not fetched by us, either: its address leads there. */
function addressesOf(ctx: Pick<Ctx, "config" | "secrets" | "isForMember">, attachment: Attachment) {
  const { id, kind, fileKey, extension, remoteUrl, remotePreviewUrl } = attachment;
  if (fileKey) {
    return {
      url: ownAddress(ctx, fileKey, `original.${extension}`),
      preview_url: previewAddress(ctx, attachment) ?? null,
    };
  }
  if (!remoteUrl) return { url: null, preview_url: null };
  if (kind === "unknown") return { url: remoteUrl, preview_url: null };
  const thing = { what: "attachment", id } as const;
  const preview = remotePreviewUrl ?? (kind === "image" ? remoteUrl : undefined);
  return {
    url: remoteAddress(ctx, { ...thing, isSmall: false }, remoteUrl),
    preview_url: preview ? remoteAddress(ctx, { ...thing, isSmall: true }, preview) : null,
  };
}

function metaOf(attachment: Attachment): AttachmentMeta {
  const { kind, width, height, smallWidth, smallHeight, duration, frameRate, bitrate } = attachment;
  const { focusX, focusY } = attachment;
  const size = sizeOf(width, height);
  const isStill = kind === "image" || kind === "unknown";
  const film = {
    ...(size && { width: size.width, height: size.height }),
    ...(frameRate !== null && { frame_rate: frameRate }),
    ...(duration !== null && { duration }),
    ...(bitrate !== null && { bitrate }),
  };
  const original = isStill ? size : Object.keys(film).length > 0 ? film : undefined;
  const small = sizeOf(smallWidth, smallHeight);
  return {
    ...(original && { original }),
    ...(small && { small }),
    ...(focusX !== null && focusY !== null && { focus: { x: focusX, y: focusY } }),
  };
}

function sizeOf(width: number | null, height: number | null): Size | undefined {
  if (!width || !height) return undefined;
  return { width, height, size: `${width}x${height}`, aspect: width / height };
}
