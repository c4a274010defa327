import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Invalid, NotFound, Refusal, TooLarge } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import type { Upload } from "../base/upload.ts";
import type { Attachment } from "./attachment.ts";
import { contentOf } from "./content.ts";
import { makeFilm, requireFfmpeg } from "./film.ts";
import { noteKept, place } from "./keep.ts";
import { maxFilmBytes } from "../instance/media_limits.ts";
import { placePicture } from "./picture_upload.ts";
import {
  attachmentById,
  type AttachmentChange,
  failAttachment,
  insertUpload,
  readyAttachment,
  updateAttachment,
} from "./store.ts";

/** What somebody sends to be shown in a post. */
export interface Sent extends AttachmentChange {
  file: Upload;
  /** For film and sound: the picture that stands for it. */
  thumbnail?: Upload;
}

/**
 * Takes an upload. A picture is ready at once; film and sound are made ready by the worker. Throws `Invalid` or
 * `TooLarge` for what can't be shown, and then nothing of it is kept.
 */
export async function uploadAttachment(ctx: Ctx, accountId: string, sent: Sent): Promise<Attachment> {
  const content = await contentOf(sent.file.path);
  if (!content) throw new Invalid("Validation failed: File type is not supported, or the file is damaged");
  return content.kind === "image"
    ? await uploadPicture(ctx, accountId, sent)
    : await uploadFilm(ctx, accountId, sent, content.kind === "film" ? "video" : "audio");
}

async function uploadPicture(ctx: Ctx, accountId: string, { file, ...said }: Sent): Promise<Attachment> {
  const placed = await placePicture(ctx, file, "attachment");
  return await transaction(ctx, async (ctx) => {
    await noteKept(ctx, placed);
    const id = await insertUpload(ctx.db, { accountId, kind: "image", at: ctx.now() });
    await readyAttachment(ctx.db, id, { kind: "image", ...placed });
    return await told(ctx, id, said);
  });
}

async function uploadFilm(
  ctx: Ctx,
  accountId: string,
  { file, thumbnail, ...said }: Sent,
  kind: "video" | "audio",
): Promise<Attachment> {
  if (file.bytes > maxFilmBytes) {
    throw new TooLarge(`The file is too large (at most ${maxFilmBytes / 1024 / 1024} MB)`);
  }
  await requireFfmpeg(ctx);
  const preview = thumbnail && await placePicture(ctx, thumbnail, "attachment");
  const waiting = await ctx.files.waiting();
  return await transaction(ctx, async (ctx) => {
    const id = await insertUpload(ctx.db, { accountId, kind, at: ctx.now() });
    // On the same disk: no bytes are moved. Without its row it is rubbish, which a chore takes away.
    await Deno.rename(file.path, `${waiting}/${id}`);
    if (preview) await noteKept(ctx, preview);
    await emit(ctx, "attachment.uploaded", { attachmentId: id });
    return await told(ctx, id, { ...said, previewKey: preview?.key });
  });
}

/** With what its owner says of it. */
async function told(ctx: Ctx, id: string, said: AttachmentChange): Promise<Attachment> {
  await updateAttachment(ctx.db, id, said);
  return (await attachmentById(ctx.db, id))!;
}

/** Says something else of an upload that no post has taken, or gives it another picture to stand for it. */
export async function changeUpload(
  ctx: Ctx,
  upload: Attachment,
  { thumbnail, ...said }: Omit<Sent, "file">,
): Promise<Attachment> {
  const isPicture = upload.kind === "image";
  const preview = thumbnail && !isPicture ? await placePicture(ctx, thumbnail, "attachment") : undefined;
  return await transaction(ctx, async (ctx) => {
    if (preview) await noteKept(ctx, preview);
    return await told(ctx, upload.id, { ...said, previewKey: preview?.key });
  });
}

/** Makes film or sound ready that waits in its folder. Once more does nothing. What can't be shown says why. */
export async function finishFilm(ctx: Ctx, id: string): Promise<void> {
  const attachment = await attachmentById(ctx.db, id);
  const path = `${await ctx.files.waiting()}/${id}`;
  if (attachment?.state === "processing") {
    try {
      await makeReady(ctx, id, path);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await failAttachment(ctx.db, id, error.message);
    }
  }
  await Deno.remove(path).catch(() => {});
}

async function makeReady(ctx: Ctx, id: string, path: string): Promise<void> {
  const content = await contentOf(path).catch(() => undefined);
  if (!content || content.kind === "image") throw new NotFound("The file was lost");
  const made = await makeFilm(ctx, path, content);
  const placed = await place(ctx, made);
  const { kind, probed: { film, seconds, bitrate }, poster } = made;
  await transaction(ctx, async (ctx) => {
    await noteKept(ctx, placed);
    await readyAttachment(ctx.db, id, {
      ...placed,
      kind,
      blurhash: poster?.blurhash ?? null,
      width: film?.width ?? null,
      height: film?.height ?? null,
      smallWidth: poster?.smallWidth ?? null,
      smallHeight: poster?.smallHeight ?? null,
      duration: Number.isFinite(seconds) ? seconds : null,
      frameRate: film?.frameRate ?? null,
      bitrate,
    });
  });
}
