import { z } from "zod";
import { type Call, type Known, member, type Route, takingFiles } from "../auth/access.ts";
import { Invalid, NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { Upload } from "../base/upload.ts";
import type { Attachment } from "./attachment.ts";
import { readSaid } from "./draft.ts";
import { toEntity } from "./entity.ts";
import { maxFilmBytes, maxImageBytes } from "../instance/media_limits.ts";
import { deleteUpload, looseUpload } from "./store.ts";
import { changeUpload, type Sent, uploadAttachment } from "./upload.ts";

/** A film, and the picture that stands for it. */
const mostBytes = maxFilmBytes + maxImageBytes;

/** Mastodon's endpoints for uploads. Once a post has taken one, they know it no more. */
export const api: Route[] = [
  // The old one was to answer when the file is ready; where that takes long, clients of today know to ask again.
  ...["/api/v2/media", "/api/v1/media"].map((path) =>
    takingFiles(mostBytes, member("POST", path, "write:media", upload))
  ),

  member("GET", "/api/v1/media/:id", "write:media", async (c) => {
    const { ctx } = c.var;
    const attachment = await own(c);
    if (attachment.state === "failed") {
      throw new Invalid(attachment.failure ?? "Validation failed: File is damaged");
    }
    return c.json(toEntity(ctx, attachment), attachment.state === "ready" ? 200 : 206);
  }),

  takingFiles(
    maxImageBytes,
    member("PUT", "/api/v1/media/:id", "write:media", async (c) => {
      const { ctx, input } = c.var;
      const attachment = await own(c);
      const thumbnail = input.thumbnail instanceof Upload ? input.thumbnail : undefined;
      return c.json(toEntity(ctx, await changeUpload(ctx, attachment, { ...readSaid(input), thumbnail })));
    }),
  ),

  member("DELETE", "/api/v1/media/:id", "write:media", async (c) => {
    const { id } = await own(c);
    if (!await deleteUpload(c.var.ctx.db, id)) throw new NotFound();
    return c.json({});
  }),
];

const files = z.object({ file: z.instanceof(Upload), thumbnail: z.instanceof(Upload).optional() });

async function upload(c: Call<Known>): Promise<Response> {
  const { ctx, me, input } = c.var;
  const sent = files.safeParse(input);
  if (!sent.success) throw new Invalid("Validation failed: File can't be blank");
  const what: Sent = { ...readSaid(input), ...sent.data };
  const attachment = await uploadAttachment(ctx, me.id, what);
  return c.json(toEntity(ctx, attachment), attachment.state === "ready" ? 200 : 202);
}

async function own(c: Call<Known>): Promise<Attachment> {
  const { ctx, me } = c.var;
  const id = c.req.param("id") ?? "";
  const attachment = isId(id) ? await looseUpload(ctx.db, me.id, id) : undefined;
  if (!attachment) throw new NotFound();
  return attachment;
}
