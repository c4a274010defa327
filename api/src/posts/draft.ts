import { z } from "zod";
import type { Call, Known } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import type { Input } from "../base/input.ts";
import { bool, id, ids, languageTag, parse, text } from "../base/schema.ts";
import { attachmentChanges, readChanges } from "../media/draft.ts";
import type { Uploads } from "../media/show_in_post.ts";
import { pollFields, readPoll } from "../polls/draft.ts";
import { pollByPost } from "../polls/store.ts";
import { compose } from "./compose.ts";
import type { Draft } from "./create.ts";
import type { Rewrite } from "./edit.ts";
import type { Post } from "./post.ts";
import { seenOriginal } from "./seen.ts";

/** What clients and forms send about a post, in Mastodon's words. */

/** More than this is not even counted. */
const longest = 100_000;

const written = z.object({
  status: text(longest).default(""),
  spoiler_text: text(longest).default(""),
  sensitive: bool.optional(),
  language: languageTag.optional(),
  poll: pollFields.optional(),
  media_ids: ids,
  media_attributes: attachmentChanges,
});

const published = written.extend({
  in_reply_to_id: id.optional(),
  visibility: z.enum(["public", "unlisted", "private", "direct"]).optional(),
});

/** The draft that a request to publish describes, with the author's own preferences where it is silent. */
export async function readDraft(c: Call<Known>, input: Input = c.var.input): Promise<Draft> {
  const { ctx, me, member, token } = c.var;
  const asked = parse(published, input);
  const contentWarning = asked.spoiler_text.trim();
  return {
    ...await compose(ctx, asked.status, contentWarning, asked.media_ids.length > 0),
    author: me,
    contentWarning,
    isSensitive: asked.sensitive ?? member.defaultSensitive,
    visibility: asked.visibility ?? member.defaultVisibility,
    language: asked.language ?? member.defaultLanguage ?? member.locale,
    replyTo: asked.in_reply_to_id === undefined
      ? undefined
      : await answered(() => seenOriginal(ctx, me, asked.in_reply_to_id!)),
    poll: asked.poll && readPoll(ctx, asked.poll),
    showing: asked.media_ids.length > 0 ? uploadsIn(asked) : undefined,
    appId: token?.appId ?? null,
    idempotencyKey: c.req.header("idempotency-key")?.slice(0, 256) || undefined,
  };
}

/**
 * The new version that a request to edit describes. What it leaves out stays as it was, all but a poll and
 * attachments: those go, as on Mastodon.
 */
export async function readRewrite(
  c: Call<Known>,
  post: Post,
  input: Input = c.var.input,
): Promise<Rewrite> {
  const { ctx } = c.var;
  const asked = parse(written, input);
  const contentWarning = input.spoiler_text === undefined ? post.contentWarning : asked.spoiler_text.trim();
  const source = input.status === undefined ? post.source ?? "" : asked.status;
  return {
    ...await compose(ctx, source, contentWarning, asked.media_ids.length > 0),
    contentWarning,
    isSensitive: asked.sensitive ?? post.isSensitive,
    language: asked.language ?? post.language,
    poll: asked.poll && readPoll(ctx, asked.poll, await pollByPost(ctx.db, post.id)),
    showing: uploadsIn(asked),
  };
}

function uploadsIn(asked: z.output<typeof written>): Uploads {
  return { ids: asked.media_ids, changes: readChanges(asked.media_attributes) };
}

/** Mastodon's own words for an answer to what is not there. */
async function answered(find: () => Promise<Post>): Promise<Post> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    throw new NotFound("The post you are trying to reply to does not appear to exist.");
  }
}
