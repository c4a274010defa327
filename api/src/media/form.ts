import { z } from "zod";
import type { Ctx } from "../base/ctx.ts";
import { Invalid } from "../base/errors.ts";
import type { Input } from "../base/input.ts";
import { ids, parse } from "../base/schema.ts";
import { Upload } from "../base/upload.ts";
import { maxAttachments } from "../instance/limits.ts";
import { maxFilmBytes, maxImageBytes } from "../instance/media_limits.ts";
import { attachmentChanges, readChanges, readSaid } from "./draft.ts";
import { type AttachmentEntity, toEntity } from "./entity.ts";
import { type AttachmentChange, attachmentsOwned } from "./store.ts";
import { uploadAttachment } from "./upload.ts";

/** What a form for a post sends of pictures: those that are here already, and files that come along with it. */

/** Of all files of one form. */
export const mostFormBytes = Math.max(maxFilmBytes, maxAttachments * maxImageBytes);

/** What a post is to show, as far as its form has come. */
export interface Attaching {
  /** What is here: it grows as files are taken, so that a form that is shown once more has lost none. */
  ids: string[];
  changes: Map<string, AttachmentChange>;
  files: { file: Upload; description: unknown }[];
}

const form = z.object({ media_ids: ids, media_removed: ids, media_attributes: attachmentChanges });

/** Reads it from a form's fields. */
export function readAttaching(input: Input): Attaching {
  const asked = parse(form, input);
  const places = Array.from({ length: maxAttachments }, (_, place) => place);
  const files = places.flatMap((place) => {
    const file = input[`file_${place}`];
    return file instanceof Upload ? [{ file, description: input[`file_description_${place}`] ?? "" }] : [];
  });
  return {
    ids: asked.media_ids.filter((id) => !asked.media_removed.includes(id)),
    changes: readChanges(asked.media_attributes),
    files,
  };
}

/** Uploads the files, and answers what the form then says in the API's words. Throws as uploads do. */
export async function takeFiles(
  ctx: Ctx,
  accountId: string,
  input: Input,
  attaching: Attaching,
): Promise<Input> {
  const { ids: taken, files } = attaching;
  if (taken.length + files.length > maxAttachments) {
    throw new Invalid(`Validation failed: Cannot attach more than ${maxAttachments} files`);
  }
  for (let next = files[0]; next; next = files[0]) {
    const said = readSaid({ description: next.description });
    taken.push((await uploadAttachment(ctx, accountId, { file: next.file, ...said })).id);
    files.shift();
  }
  // A box that is not ticked is not sent, and means no: the API would take it for "as usual".
  return { ...input, media_ids: taken, sensitive: input.sensitive ?? false };
}

/** What is here, for the form that is shown once more: with what was just said of it. */
export async function showAttaching(
  ctx: Ctx,
  accountId: string,
  { ids, changes }: Attaching,
): Promise<AttachmentEntity[]> {
  const owned = await attachmentsOwned(ctx.db, accountId, ids);
  return ids.flatMap((id) => {
    const attachment = owned.get(id);
    if (!attachment) return [];
    const { description = attachment.description } = changes.get(id) ?? {};
    return [toEntity(ctx, { ...attachment, description })];
  });
}
