import { z } from "zod";
import type { Account } from "../accounts/account.ts";
import type { Call, Known } from "../auth/access.ts";
import type { Ctx } from "../base/ctx.ts";
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
import { policyFields, quotePolicy, quoteRule, readPolicyFields } from "./policy_fields.ts";
import type { Policy, Post } from "./post.ts";
import { quoteBy, reachOf } from "./quoting.ts";
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

const policies = z.object({
  quote_approval_policy: quotePolicy.optional(),
  interaction_policy: policyFields.optional(),
});

/** When something is to be published. */
export const scheduledTime = text(64).transform((said, { addIssue }) => {
  const time = Date.parse(said);
  if (!Number.isNaN(time)) return Temporal.Instant.fromEpochMilliseconds(time);
  addIssue({ code: "custom", message: "is invalid" });
  return z.NEVER;
});

const published = written.extend({
  ...policies.shape,
  in_reply_to_id: id.optional(),
  quoted_status_id: id.optional(),
  /** As glitch-soc, Hometown and GoToSocial call it. */
  local_only: bool.optional(),
  visibility: z.enum(["public", "unlisted", "private", "direct"]).optional(),
});

/** What is to be published, complete: it can be kept as JSON and published another day. */
export interface Publication extends z.output<typeof published> {
  sensitive: boolean;
  language: string;
  visibility: Draft["visibility"];
  quote_approval_policy: z.output<typeof quotePolicy>;
  /** The program it was written with. */
  app_id: string | null;
  idempotency: string | null;
}

/** What a request to publish asks for, with the author's own preferences where it is silent. */
export function readPublication(c: Call<Known>, input: Input = c.var.input): Publication {
  const { member, token } = c.var;
  const asked = parse(published, input);
  return {
    ...asked,
    sensitive: asked.sensitive ?? member.defaultSensitive,
    visibility: asked.visibility ?? member.defaultVisibility,
    language: asked.language ?? member.defaultLanguage ?? member.locale,
    quote_approval_policy: asked.quote_approval_policy ?? member.defaultQuotePolicy,
    app_id: token?.appId ?? null,
    idempotency: c.req.header("idempotency-key")?.slice(0, 256) || null,
  };
}

/** When a request wants it to be published; undefined: now. What has passed means now, as on Mastodon. */
export function readTime({ var: { ctx, input } }: Call<Known>): Temporal.Instant | undefined {
  const { scheduled_at: asked } = parse(z.object({ scheduled_at: scheduledTime.optional() }), input);
  return asked && Temporal.Instant.compare(asked, ctx.now()) > 0 ? asked : undefined;
}

/** The draft that a request to publish describes. */
export function readDraft(c: Call<Known>, input: Input = c.var.input): Promise<Draft> {
  return draftOf(c.var.ctx, c.var.me, readPublication(c, input));
}

/** The draft of a publication. Refuses what can't be posted: too long, or about what its author can't see. */
export async function draftOf(ctx: Ctx, author: Account, asked: Publication): Promise<Draft> {
  const contentWarning = asked.spoiler_text.trim();
  const composed = await compose(ctx, asked.status, contentWarning, asked.media_ids.length > 0);
  const replyTo = asked.in_reply_to_id === undefined
    ? undefined
    : await answered(() => seenOriginal(ctx, author, asked.in_reply_to_id!));
  const quoting = asked.quoted_status_id === undefined
    ? undefined
    : await quoteBy(ctx, author, asked.quoted_status_id);
  return {
    ...composed,
    author,
    contentWarning,
    isSensitive: asked.sensitive,
    visibility: quoting
      ? reachOf(asked.visibility, quoting.quoted, composed.mentions, author)
      : asked.visibility,
    language: asked.language,
    replyTo,
    quote: quoting?.quote,
    policy: { ...quoteRuleOf(asked), ...readPolicyFields(asked.interaction_policy) },
    isLocalOnly: asked.local_only || replyTo?.isLocalOnly || quoting?.quoted.isLocalOnly,
    poll: asked.poll && readPoll(ctx, asked.poll),
    showing: asked.media_ids.length > 0 ? uploadsIn(asked) : undefined,
    appId: asked.app_id,
    idempotencyKey: asked.idempotency ?? undefined,
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

/** That everybody may quote what everybody sees goes without saying. */
function quoteRuleOf({ quote_approval_policy: word }: Publication): Policy {
  return word === "public" ? {} : { quote: quoteRule(word) };
}

/** What a request says about who may do what with a post. */
export function readPolicyChange(c: Call<Known>): Policy {
  const asked = parse(policies, c.var.input);
  return {
    ...(asked.quote_approval_policy && { quote: quoteRule(asked.quote_approval_policy) }),
    ...readPolicyFields(asked.interaction_policy),
  };
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
