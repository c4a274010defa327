import { timestamp } from "../accounts/entity.ts";
import type { Visibility } from "../auth/member.ts";
import type { Ctx } from "../base/ctx.ts";
import { type AttachmentEntity, toEntity } from "../media/entity.ts";
import { attachmentsOwned } from "../media/store.ts";
import { isDraft, type Scheduled } from "./scheduled.ts";

/** Mastodon's `ScheduledStatus`. */
export interface ScheduledEntity {
  id: string;
  scheduled_at: string;
  params: {
    text: string;
    poll: { options: string[]; expires_in?: number; multiple: boolean; hide_totals?: boolean } | null;
    media_ids: string[] | null;
    sensitive: boolean;
    spoiler_text: string | null;
    visibility: Visibility;
    /** A text, where Mastodon has a number: one so large loses its end in JSON. */
    in_reply_to_id: string | null;
    language: string | null;
    application_id: number | null;
    scheduled_at: null;
    idempotency: string | null;
    with_rate_limit: false;
    quoted_status_id: string | null;
    quote_approval_policy: string;
  };
  media_attachments: AttachmentEntity[];
  /** It waits for its author, not for its time: Mastodon has no word for it. */
  draft: boolean;
}

/** What waits, as its author sees it. */
export async function showScheduled(
  ctx: Ctx,
  accountId: string,
  scheduled: readonly Scheduled[],
): Promise<ScheduledEntity[]> {
  const ids = scheduled.flatMap(({ publication }) => publication.media_ids);
  const uploads = await attachmentsOwned(ctx.db, accountId, ids);
  return scheduled.map(({ id, dueAt, publication }) => ({
    id,
    scheduled_at: timestamp(dueAt),
    params: {
      text: publication.status,
      poll: publication.poll?.options.length ? { hide_totals: false, ...publication.poll } : null,
      media_ids: publication.media_ids.length > 0 ? publication.media_ids : null,
      sensitive: publication.sensitive,
      spoiler_text: publication.spoiler_text || null,
      visibility: publication.visibility,
      in_reply_to_id: publication.in_reply_to_id ?? null,
      language: publication.language,
      application_id: publication.app_id === null ? null : Number(publication.app_id),
      scheduled_at: null,
      idempotency: publication.idempotency,
      with_rate_limit: false,
      quoted_status_id: publication.quoted_status_id ?? null,
      quote_approval_policy: publication.quote_approval_policy,
    },
    media_attachments: publication.media_ids.flatMap((id) => {
      const upload = uploads.get(id);
      return upload ? [toEntity(ctx, upload)] : [];
    }),
    draft: isDraft({ dueAt }, ctx.now()),
  }));
}
