import { type AccountEntity, timestamp, toEntity } from "../accounts/entity.ts";
import { type Account, handleOf } from "../accounts/account.ts";
import { accountsById } from "../accounts/store.ts";
import type { Visibility } from "../auth/member.ts";
import type { Ctx } from "../base/ctx.ts";
import type { CollectionEntity } from "../collections/entity.ts";
import { linkedIn, showLinked } from "../collections/linked.ts";
import { type CardEntity, toCard } from "../cards/entity.ts";
import { type CustomEmojiEntity, toEmojis } from "../emoji/entity.ts";
import { type ReactionEntity, showReactions } from "../emoji/reaction_entity.ts";
import type { FilterResultEntity } from "../filters/entity.ts";
import { type AttachmentEntity, showAttachments } from "../media/entity.ts";
import { type PollEntity, showPolls } from "../polls/entity.ts";
import type { QuoteEntity, QuoteEntityState, ShallowQuoteEntity } from "../quotes/entity.ts";
import { type QuoteApprovalEntity, toQuoteApproval } from "./policy_entity.ts";
import { type ShownPost, shownPosts, type ShownQuote } from "./show_store.ts";
import { type Sieve, sieveFor } from "./sieve.ts";
import type { Viewer } from "./visibility.ts";

/** Mastodon's `Status`. Keys that a stranger has no use for (`favourited` and its like) are absent for them. */
export interface StatusEntity {
  id: string;
  created_at: string;
  in_reply_to_id: string | null;
  in_reply_to_account_id: string | null;
  sensitive: boolean;
  spoiler_text: string;
  visibility: Visibility;
  language: string | null;
  uri: string;
  url: string;
  replies_count: number;
  reblogs_count: number;
  favourites_count: number;
  quotes_count: number;
  edited_at: string | null;
  content: string;
  reblog: StatusEntity | null;
  application: { name: string; website: string | null } | null;
  account: AccountEntity;
  media_attachments: AttachmentEntity[];
  mentions: { id: string; username: string; url: string; acct: string }[];
  tags: { name: string; url: string }[];
  emojis: CustomEmojiEntity[];
  card: CardEntity | null;
  poll: PollEntity | null;
  quote: QuoteEntity<StatusEntity> | ShallowQuoteEntity | null;
  quote_approval: QuoteApprovalEntity;
  /** Never leaves this server: glitch-soc's word, which Hometown and GoToSocial use, too. */
  local_only: boolean;
  /** Emojis that it was answered with, in Fedibird's words, in glitch-soc's, and in Pleroma's. */
  emoji_reactions: ReactionEntity[];
  reactions: ReactionEntity[];
  pleroma: { emoji_reactions: ReactionEntity[] };
  favourited?: boolean;
  reblogged?: boolean;
  muted?: boolean;
  bookmarked?: boolean;
  pinned?: boolean;
  filtered?: FilterResultEntity[];
  /** Collections of this server that it links to. */
  tagged_collections: CollectionEntity[];
  /** The text as typed: only in the answer to a deletion, so that it can be written anew. */
  text?: string;
}

/** These posts as `viewer` may see them, in the order given. What they may not see is left out. */
export async function showPosts(ctx: Ctx, viewer: Viewer, ids: readonly string[]): Promise<StatusEntity[]> {
  if (ids.length === 0) return [];
  const posts = await shownPosts(ctx.db, viewer, ids);
  const those = (
    which: (post: ShownPost) => boolean,
  ) => [...posts.values().filter(which).map(({ id }) => id)];
  const linked = new Map(posts.values().map(({ id, html }) => [id, linkedIn(ctx, html)]));
  const [authors, polls, attachments, reactions, collections, sieve] = await Promise.all([
    accountsById(ctx.db, [
      ...new Set(posts.values().flatMap(({ authorId, card }) => [authorId, card?.creatorId ?? []].flat())),
    ]),
    showPolls(ctx, viewer, those((post) => post.hasPoll)),
    showAttachments(ctx, those((post) => post.hasAttachments)),
    showReactions(ctx, viewer, those((post) => post.hasReactions)),
    showLinked(ctx, viewer, [...linked.values()].flat()),
    sieveFor(ctx, viewer, posts),
  ]);
  const tagged = (id: string) => linked.get(id)?.flatMap((one) => collections.get(one) ?? []) ?? [];
  const showing = new Showing(ctx, viewer, posts, authors, polls, attachments, reactions, tagged, sieve);
  return ids.flatMap((id) => showing.status(id) ?? []);
}

/** One post; undefined where the viewer may not see it. */
export async function showPost(ctx: Ctx, viewer: Viewer, id: string): Promise<StatusEntity | undefined> {
  return (await showPosts(ctx, viewer, [id]))[0];
}

/** What one call of `showPosts` has gathered. Each author becomes JSON once, however much they wrote. */
class Showing {
  readonly #accounts = new Map<string, AccountEntity>();

  constructor(
    readonly ctx: Ctx,
    readonly viewer: Viewer,
    readonly posts: Map<string, ShownPost>,
    readonly authors: Map<string, Account>,
    readonly polls: Map<string, PollEntity>,
    readonly attachments: Map<string, AttachmentEntity[]>,
    readonly reactions: Map<string, ReactionEntity[]>,
    readonly tagged: (id: string) => CollectionEntity[],
    readonly sieve: Sieve,
  ) {}

  /** `isQuoted`: it stands in another, and what it quotes itself is only named. */
  status(id: string, isQuoted = false): StatusEntity | undefined {
    const post = this.posts.get(id);
    const account = post && this.#account(post.authorId);
    if (!post || !account) return undefined;
    if (post.boostOfId === null) {
      return this.#entity(post, account, null, post.quote ? this.#quote(post.quote, isQuoted) : null);
    }
    const reblog = this.status(post.boostOfId);
    return reblog && this.#entity(post, account, reblog, null);
  }

  /** What a post quotes shows to those who may see it, and want to. */
  #quote({ state, quotedId, isVisible, silenced }: ShownQuote, isShallow: boolean): StatusEntity["quote"] {
    const hidden: QuoteEntityState = quotedId === null ? "deleted" : "unauthorized";
    const present = state !== "accepted" ? state : isVisible ? silenced ?? state : hidden;
    const shownId = present === "accepted" ? quotedId! : null;
    if (isShallow) return { state: present, quoted_status_id: shownId };
    return { state: present, quoted_status: shownId ? this.status(shownId, true) ?? null : null };
  }

  #account(id: string): AccountEntity | undefined {
    const known = this.#accounts.get(id);
    if (known) return known;
    const account = this.authors.get(id);
    if (!account) return undefined;
    const entity = toEntity(this.ctx, account);
    this.#accounts.set(id, entity);
    return entity;
  }

  /** A boost shows its original's text and counts, and what the viewer did with the original. */
  #entity(
    post: ShownPost,
    account: AccountEntity,
    reblog: StatusEntity | null,
    quote: StatusEntity["quote"],
  ): StatusEntity {
    const { baseUrl } = this.ctx.config;
    const reactions = reblog?.reactions ?? this.reactions.get(post.id) ?? [];
    return {
      id: post.id,
      created_at: timestamp(post.createdAt),
      in_reply_to_id: post.replyToId,
      in_reply_to_account_id: post.replyToAccountId,
      sensitive: reblog?.sensitive ?? post.isSensitive,
      spoiler_text: reblog?.spoiler_text ?? post.contentWarning,
      visibility: post.visibility,
      language: reblog ? reblog.language : post.language,
      uri: post.uri,
      url: post.url ?? `${account.url}/${post.id}`,
      replies_count: reblog?.replies_count ?? post.repliesCount,
      reblogs_count: reblog?.reblogs_count ?? post.boostsCount,
      favourites_count: reblog?.favourites_count ?? post.favouritesCount,
      quotes_count: reblog?.quotes_count ?? post.quotesCount,
      edited_at: reblog ? reblog.edited_at : post.editedAt && timestamp(post.editedAt),
      content: reblog?.content ?? post.html,
      reblog,
      application: reblog ? null : post.app,
      account,
      media_attachments: reblog?.media_attachments ?? this.attachments.get(post.id) ?? [],
      mentions: reblog?.mentions ?? post.mentions.map((mention) => ({
        id: mention.id,
        username: mention.username,
        url: mention.url,
        acct: handleOf(mention),
      })),
      tags: reblog?.tags ?? post.tags.sort().map((name) => ({
        name,
        url: `${baseUrl}/tags/${encodeURIComponent(name)}`,
      })),
      emojis: reblog?.emojis ?? toEmojis(this.ctx, post.emojis),
      card: reblog ? reblog.card : this.#card(post),
      poll: this.polls.get(post.id) ?? null,
      quote: reblog?.quote ?? quote,
      quote_approval: reblog?.quote_approval ?? toQuoteApproval(post, this.viewer, post),
      local_only: post.isLocalOnly,
      emoji_reactions: reactions,
      reactions,
      pleroma: { emoji_reactions: reactions },
      tagged_collections: reblog?.tagged_collections ?? this.tagged(post.id),
      ...this.#owned(reblog ? this.posts.get(reblog.id)! : post, post),
    };
  }

  #card({ card }: ShownPost): CardEntity | null {
    return card && toCard(this.ctx, card, this.#account(card.creatorId ?? ""));
  }

  /** What the viewer has to do with a post, which of a boost is `shown`'s original. */
  #owned(post: ShownPost, shown: ShownPost): Partial<StatusEntity> {
    if (!this.viewer) return {};
    return {
      favourited: post.favourited,
      reblogged: post.boosted,
      muted: post.muted,
      bookmarked: post.bookmarked,
      ...(shown.authorId === this.viewer.id && { pinned: post.pinned }),
      filtered: this.sieve(post, shown.id, this.polls.get(post.id), this.attachments.get(post.id)),
    };
  }
}
