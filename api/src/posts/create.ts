import { type Account, isLocal } from "../accounts/account.ts";
import { newId } from "../accounts/store.ts";
import type { Visibility } from "../auth/member.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { NotFound } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { type Showing, showInPost } from "../media/show_in_post.ts";
import type { PollDraft } from "../polls/poll.ts";
import { insertPoll } from "../polls/store.ts";
import { beginQuote } from "../quotes/consent.ts";
import type { QuoteDraft } from "../quotes/quote.ts";
import { adoptQuotes } from "../quotes/store.ts";
import { requireLeave } from "./policy.ts";
import { hasLinks, type Policy, type Post } from "./post.ts";
import { isWithdrawn, lockUri } from "./remote_store.ts";
import { joinThreads } from "./thread.ts";
import {
  adoptReplies,
  countForPost,
  insertMentions,
  insertPost,
  insertTags,
  notePosted,
  postById,
  postByUri,
  type Tag,
  takeIdempotencyKey,
} from "./store.ts";
import { noteWords } from "./word_store.ts";

/** A post that is not one yet. Each door makes a draft; only `createPost` makes a post. */
export interface Draft {
  author: Account;
  html: string;
  /** As typed; null where it came as HTML. */
  source: string | null;
  contentWarning: string;
  isSensitive: boolean;
  visibility: Visibility;
  language: string | null;
  /** What it answers, as its author may see it. */
  replyTo?: Post;
  mentions: readonly Pick<Account, "id">[];
  tags: Tag[];
  poll?: PollDraft;
  /** Pictures, film or sound. */
  showing?: Showing;
  quote?: QuoteDraft;
  /** Who may do what with it, where its author says so. */
  policy?: Policy;
  /** Whether it stays on this server. What answers or quotes such a post does so anyway. */
  isLocalOnly?: boolean;
  /** The program it was written with. */
  appId: string | null;
  /** What the client calls this attempt: the same key again makes no second post. */
  idempotencyKey?: string;
  /** Where it comes from; what is written here has none. */
  origin?: Origin;
}

/** What a post brings along that was published elsewhere. */
export interface Origin {
  uri: string;
  /** The page that people see. */
  url: string;
  /** Never in the future. */
  publishedAt: Temporal.Instant;
  editedAt: Temporal.Instant | null;
  /** What it answers, where that can't be had. */
  replyToUri: string | null;
}

/**
 * Publishes a draft and answers the post; for a repeated idempotency key, or what came from elsewhere before, the
 * one made then.
 */
export async function createPost(ctx: Ctx, draft: Draft): Promise<Post> {
  if (draft.replyTo) await requireLeave(ctx, draft.author, draft.replyTo, "reply");
  return await transaction(ctx, async (ctx) => {
    const createdAt = draft.origin?.publishedAt ?? ctx.now();
    const id = await newId(ctx.db, createdAt);
    const { author, idempotencyKey: key } = draft;
    if (draft.origin) await requireStanding(ctx, draft.origin.uri, author);
    const earlier = key && await takeIdempotencyKey(ctx.db, author.id, key, id);
    const made = earlier && await postById(ctx.db, earlier);
    if (made) return made;

    const post = toPost(ctx, draft, id, createdAt);
    if (!await insertPost(ctx.db, post)) return await knownPost(ctx, post.uri);
    await insertMentions(ctx.db, id, draft.mentions.map((account) => account.id));
    await insertTags(ctx.db, id, draft.tags);
    if (draft.poll) await insertPoll(ctx.db, post, draft.poll);
    if (draft.showing) await showInPost(ctx, post, draft.showing);
    if (draft.replyTo) await countForPost(ctx.db, draft.replyTo.id, { replies: 1 });
    if (draft.origin) {
      await joinThreads(ctx, id, await adoptReplies(ctx.db, post));
      await adoptQuotes(ctx.db, post);
    }
    await noteWords(ctx.db, id);
    const { isAwaited } = await notePosted(ctx.db, author.id, createdAt);
    await emit(ctx, "post.created", {
      ...{ postId: id, isLocal: post.isLocal, hasLinks: hasLinks(post) },
      ...{ visibility: post.visibility, hasMentions: draft.mentions.length > 0, isAwaited },
    });
    if (draft.quote) await beginQuote(ctx, id, draft.quote, post.isLocal);
    return post;
  });
}

/** What its author has deleted already is not taken any more, though it comes only now. */
async function requireStanding(ctx: Ctx, uri: string, author: Account): Promise<void> {
  await lockUri(ctx.db, uri);
  if (await isWithdrawn(ctx.db, uri, author.uri)) throw new NotFound();
}

/** What has this URI already. */
async function knownPost(ctx: Ctx, uri: string): Promise<Post> {
  const known = await postByUri(ctx.db, uri);
  if (!known) throw new NotFound(); // deleted at this very moment
  return known;
}

function toPost(ctx: Ctx, draft: Draft, id: string, createdAt: Temporal.Instant): Post {
  const { origin } = draft;
  return {
    id,
    authorId: draft.author.id,
    isLocal: isLocal(draft.author),
    uri: origin?.uri ?? `${ctx.config.baseUrl}/ap/posts/${id}`,
    url: origin?.url ?? null,
    boostOfId: null,
    replyToId: draft.replyTo?.id ?? null,
    replyToAccountId: draft.replyTo?.authorId ?? null,
    replyToUri: draft.replyTo ? null : origin?.replyToUri ?? null,
    visibility: draft.visibility,
    html: draft.html,
    source: draft.source,
    contentWarning: draft.contentWarning,
    isSensitive: draft.isSensitive || draft.contentWarning !== "",
    language: draft.language,
    isLocalOnly: draft.isLocalOnly ?? false,
    policy: draft.policy ?? {},
    appId: draft.appId,
    repliesCount: 0,
    boostsCount: 0,
    favouritesCount: 0,
    quotesCount: 0,
    createdAt,
    editedAt: origin?.editedAt ?? null,
  };
}
