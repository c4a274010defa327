import { type AccountEntity, timestamp, toEntity } from "../accounts/entity.ts";
import { accountById } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { type CustomEmojiEntity, toEmojis } from "../emoji/entity.ts";
import type { ShownBefore } from "../media/attachment.ts";
import { type AttachmentEntity, toEntity as toAttachment } from "../media/entity.ts";
import { attachmentsEverOf, shownNow } from "../media/store.ts";
import { pollByPost } from "../polls/store.ts";
import type { Post } from "./post.ts";
import { emojisIn } from "./show_store.ts";
import { editsOf } from "./store.ts";

/** Mastodon's `StatusEdit`. */
export interface StatusEditEntity {
  content: string;
  spoiler_text: string;
  sensitive: boolean;
  created_at: string;
  account: AccountEntity;
  media_attachments: AttachmentEntity[];
  emojis: CustomEmojiEntity[];
  /** Absent where it asked nothing. */
  poll?: { options: { title: string }[] };
  quote: null;
}

/** Every version of a post, the first one first, the present one last. The viewer may see the post. */
export async function showHistory(ctx: Ctx, post: Post): Promise<StatusEditEntity[]> {
  const author = await accountById(ctx.db, post.authorId);
  if (!author) return [];
  const account = toEntity(ctx, author);
  const poll = await pollByPost(ctx.db, post.id);
  const ever = await attachmentsEverOf(ctx.db, post.id);
  const shown = ({ id, description }: ShownBefore): AttachmentEntity[] => {
    const attachment = ever.get(id);
    return attachment ? [{ ...toAttachment(ctx, attachment), description }] : [];
  };
  const emojis = toEmojis(ctx, await emojisIn(ctx.db, post.id));
  const createdAt = post.editedAt ?? post.createdAt;
  const attachments = await shownNow(ctx.db, post.id);
  const present = { ...post, pollOptions: poll?.options, attachments, createdAt };
  return [...await editsOf(ctx.db, post.id), present].map((version) => ({
    content: version.html,
    spoiler_text: version.contentWarning,
    sensitive: version.isSensitive,
    created_at: timestamp(version.createdAt),
    account,
    media_attachments: version.attachments.flatMap(shown),
    emojis,
    ...(version.pollOptions && { poll: { options: version.pollOptions.map((title) => ({ title })) } }),
    quote: null,
  }));
}
