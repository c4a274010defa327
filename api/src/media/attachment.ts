/** What an attachment is, in Mastodon's words; a gifv is a film without sound that plays by itself. */
export type AttachmentKind = "image" | "gifv" | "video" | "audio" | "unknown";

/** A picture, film or sound that a post shows, or may show one day; of ours or of another server's. */
export interface Attachment {
  id: string;
  accountId: string;
  /** Null until a post takes it. */
  postId: string | null;
  kind: AttachmentKind;
  state: "processing" | "ready" | "failed";
  /** Why it failed, in words for whoever uploaded it. */
  failure: string | null;
  /** Where our bytes lie; null for theirs, and as long as ours are not ready. */
  fileKey: string | null;
  extension: string | null;
  hasPreview: boolean;
  /** Where the picture lies that its author chose for it. */
  previewKey: string | null;
  /** Where theirs are. */
  remoteUrl: string | null;
  remotePreviewUrl: string | null;
  contentType: string | null;
  description: string | null;
  /** What must stay in sight when it is cropped: -1 to 1, from left to right and from bottom to top. */
  focusX: number | null;
  focusY: number | null;
  blurhash: string | null;
  width: number | null;
  height: number | null;
  smallWidth: number | null;
  smallHeight: number | null;
  /** In seconds. */
  duration: number | null;
  /** As a fraction: `30/1`. */
  frameRate: string | null;
  bitrate: number | null;
}

/** What another server says of something that it shows. */
export interface RemoteAttachment {
  kind: AttachmentKind;
  remoteUrl: string;
  remotePreviewUrl: string | null;
  contentType: string | null;
  description: string | null;
  focus: Focus | null;
  blurhash: string | null;
  width: number | null;
  height: number | null;
  duration: number | null;
}

export interface Focus {
  x: number;
  y: number;
}

/** How an earlier version of a post showed something. */
export interface ShownBefore {
  id: string;
  description: string | null;
}
