import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { NotFound } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { type Showing, showInPost } from "../media/show_in_post.ts";
import { shownNow } from "../media/store.ts";
import { editPoll } from "../polls/edit.ts";
import type { PollDraft } from "../polls/poll.ts";
import { pollByPost } from "../polls/store.ts";
import type { Composed } from "./compose.ts";
import { hasLinks, type Post } from "./post.ts";
import {
  deleteMentionsAndTags,
  insertEdit,
  insertMentions,
  insertTags,
  lockPost,
  updatePost,
} from "./store.ts";
import { noteWords } from "./word_store.ts";

/** A new version of a post: its text, and what stands around it. */
export interface Rewrite extends Omit<Composed, "source" | "mentions"> {
  source: string | null;
  mentions: readonly { id: string }[];
  contentWarning: string;
  isSensitive: boolean;
  language: string | null;
  poll?: PollDraft;
  showing: Showing;
  /** When it was rewritten elsewhere; what is rewritten here is so now. */
  editedAt?: Temporal.Instant;
}

/** Rewrites a post and keeps how it read before. A rewrite that changes nothing is none. */
export async function editPost(ctx: Ctx, post: Post, rewrite: Rewrite): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const before = await lockPost(ctx.db, post.id);
    if (!before) throw new NotFound();
    if (isOutdated(before, rewrite)) return;
    const revision = { ...rewrite, isSensitive: rewrite.isSensitive || rewrite.contentWarning !== "" };
    const poll = await pollByPost(ctx.db, post.id);
    const attachments = await shownNow(ctx.db, post.id);
    const asksAnew = await editPoll(ctx, post, poll, rewrite.poll);
    const showsAnew = await showInPost(ctx, post, rewrite.showing);
    if (!asksAnew && !showsAnew && isSame(before, revision)) return;

    await insertEdit(ctx.db, post.id, {
      ...before,
      pollOptions: poll?.options ?? null,
      attachments,
      createdAt: before.editedAt ?? before.createdAt,
    });
    await updatePost(ctx.db, post.id, revision, rewrite.editedAt ?? ctx.now());
    await deleteMentionsAndTags(ctx.db, post.id);
    await insertMentions(ctx.db, post.id, rewrite.mentions.map((account) => account.id));
    await insertTags(ctx.db, post.id, rewrite.tags);
    await noteWords(ctx.db, post.id);
    const { id: postId, isLocal } = post;
    await emit(ctx, "post.edited", { postId, isLocal, hasLinks: hasLinks(before) || hasLinks(rewrite) });
  });
}

/** Rewrites from elsewhere may overtake each other. */
function isOutdated(before: Post, { editedAt }: Rewrite): boolean {
  return editedAt !== undefined && before.editedAt !== null &&
    Temporal.Instant.compare(before.editedAt, editedAt) >= 0;
}

function isSame(before: Post, after: Rewrite): boolean {
  return before.html === after.html && before.contentWarning === after.contentWarning &&
    before.isSensitive === after.isSensitive && before.language === after.language;
}
