import type { Ctx } from "../base/ctx.ts";
import { Invalid } from "../base/errors.ts";
import { maxAttachments } from "../instance/limits.ts";
import type { Attachment, RemoteAttachment } from "./attachment.ts";
import {
  type AttachmentChange,
  attachmentsOf,
  lockUploads,
  placeInPost,
  placeRemote,
  updateAttachment,
} from "./store.ts";

/** What a post is to show: uploads of its author, or what another server says. */
export type Showing = Uploads | { remote: readonly RemoteAttachment[] };

export interface Uploads {
  ids: readonly string[];
  /** What is said anew of some of them, by id. */
  changes: ReadonlyMap<string, AttachmentChange>;
}

/** What has to be known of the post. */
interface Shower {
  id: string;
  authorId: string;
}

/**
 * Has a post show this and nothing else, whether it is new or edited, and answers whether that is news. Within a
 * transaction. Throws `Invalid`, in Mastodon's words, for uploads that are not the author's to show.
 */
export async function showInPost(ctx: Ctx, post: Shower, showing: Showing): Promise<boolean> {
  const before = await attachmentsOf(ctx.db, post.id);
  if ("remote" in showing) {
    if (isSame(before, showing.remote)) return false;
    await placeRemote(ctx.db, post, showing.remote);
    return true;
  }
  const { ids, changes } = showing;
  const uploads = await requireShowable(ctx, post, ids);
  const isReordered = ids.join() !== before.map(({ id }) => id).join();
  if (isReordered) await placeInPost(ctx.db, post.id, ids);
  let isChanged = false;
  for (const [id, change] of changes) {
    if (uploads.has(id) && await updateAttachment(ctx.db, id, change)) isChanged = true;
  }
  return isReordered || isChanged;
}

/** These uploads, locked: throws `Invalid`, in Mastodon's words, for those that the post may not show. */
export async function requireShowable(
  ctx: Ctx,
  post: Shower,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Attachment>> {
  const uploads = await lockUploads(ctx.db, post, ids);
  refuse(ids, uploads);
  return uploads;
}

function refuse(ids: readonly string[], uploads: ReadonlyMap<string, Attachment>): void {
  if (ids.length > maxAttachments) {
    throw invalid(`Cannot attach more than ${maxAttachments} files`);
  }
  const missing = ids.filter((id) => !uploads.has(id));
  if (missing.length > 0) {
    throw invalid(`Media ${missing.join(", ")} not found or already attached to a post`);
  }
  const all = [...uploads.values()];
  if (all.length > 1 && all.some(({ kind }) => kind === "video" || kind === "audio")) {
    throw invalid("Cannot attach a video to a post that already contains images");
  }
  if (all.some(({ state }) => state === "failed")) {
    throw invalid("Cannot attach a file that could not be processed");
  }
  if (all.some(({ state }) => state === "processing")) {
    throw invalid("Cannot attach files that have not finished processing. Try again in a moment!");
  }
}

function invalid(message: string): Invalid {
  return new Invalid(`Validation failed: ${message}`);
}

function isSame(before: readonly Attachment[], after: readonly RemoteAttachment[]): boolean {
  return before.length === after.length && after.every((one, index) => {
    const { remoteUrl, description, focusX, focusY } = before[index]!;
    return one.remoteUrl === remoteUrl && one.description === description &&
      Math.fround(one.focus?.x ?? 0) === Math.fround(focusX ?? 0) &&
      Math.fround(one.focus?.y ?? 0) === Math.fround(focusY ?? 0);
  });
}
