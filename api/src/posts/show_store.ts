import { sql } from "kysely";
import { type Db, isThere } from "../base/db.ts";
import type { Card } from "../cards/card.ts";
import { cardOf } from "../cards/store.ts";
import type { Emoji } from "../emoji/emoji.ts";
import { emojisOf } from "../emoji/store.ts";
import type { QuoteState } from "../quotes/quote.ts";
import { holds } from "../relationships/store.ts";
import type { Ties } from "./policy_store.ts";
import type { Post } from "./post.ts";
import { postColumns } from "./store.ts";
import { threadOf, type Viewer, visibleTo } from "./visibility.ts";

/** What showing posts takes: the same few queries for forty of them as for one. */

export interface MentionRow {
  id: string;
  username: string;
  domain: string | null;
  url: string;
}

/** The post or boost, if `viewer` may see it, and of a boost also what it passes on. */
export async function visiblePost(db: Db, viewer: Viewer, id: string): Promise<Post | undefined> {
  const { rows } = await sql<Post>`
    select ${postColumns} from posts p
    where p.id = ${id} and ${visibleTo(viewer)}
      and (p.boost_of_id is null or exists (
        select 1 from posts o where o.id = p.boost_of_id and ${visibleTo(viewer, "o")}))`.execute(db);
  return rows[0];
}

/** A post with all that its JSON says besides its author. */
export interface ShownPost extends Post, Own, Ties {
  mentions: MentionRow[];
  tags: string[];
  app: { name: string; website: string | null } | null;
  hasPoll: boolean;
  hasAttachments: boolean;
  hasReactions: boolean;
  emojis: Emoji[];
  card: Card | null;
  hasQuote: boolean;
  quote?: ShownQuote;
  /** The same for all of an answer: it saves asking those who have none. */
  viewerHasFilters: boolean;
}

/** What a post quotes; `silenced` says that the viewer wants to see nothing of whoever wrote that. */
export interface ShownQuote {
  state: QuoteState;
  quotedId: string | null;
  /** The viewer may see what is quoted. */
  isVisible: boolean;
  silenced: "blocked_account" | "blocked_domain" | "muted_account" | null;
}

/** The emojis in the words of a post. */
export async function emojisIn(db: Db, postId: string): Promise<Emoji[]> {
  const { rows } = await sql<{ emojis: Emoji[] }>`
    select ${emojisOf(sql`p.emoji_names`, domainOfAuthor)} as emojis from posts p where p.id = ${postId}`
    .execute(db);
  return rows[0]?.emojis ?? [];
}

/** What the viewer has done with a post; a stranger has done nothing. */
interface Own {
  favourited: boolean;
  boosted: boolean;
  bookmarked: boolean;
  pinned: boolean;
  /** Its whole thread is. */
  muted: boolean;
}

const domainOfAuthor = sql`(select a.domain from accounts a where a.id = p.author_id)`;

/** Those of these posts that `viewer` may see, what they boost, and what either quotes. */
export async function shownPosts(
  db: Db,
  viewer: Viewer,
  ids: readonly string[],
): Promise<Map<string, ShownPost>> {
  const posts = await postsAndBoosted(db, viewer, ids);
  const quotedIds = await noteQuotes(db, viewer, posts);
  if (quotedIds.length === 0) return posts;
  const quoted = await postsAndBoosted(db, viewer, quotedIds.filter((id) => !posts.has(id)));
  await noteQuotes(db, viewer, quoted); // which are only named: nothing more is shown
  return new Map([...posts, ...quoted]);
}

/** Most posts quote nothing, so that is asked of those alone that do. Answers which quoted posts are to be seen. */
async function noteQuotes(db: Db, viewer: Viewer, posts: ReadonlyMap<string, ShownPost>): Promise<string[]> {
  const quoting = [...posts.values().filter((post) => post.hasQuote)];
  if (quoting.length === 0) return [];
  const quotes = await quotesShown(db, viewer, quoting.map(({ id }) => id));
  for (const post of quoting) post.quote = quotes.get(post.id);
  return [...quotes.values()].flatMap(({ state, isVisible, quotedId }) =>
    state === "accepted" && isVisible ? quotedId! : []
  );
}

/** Those of these posts that `viewer` may see, and what they boost. */
async function postsAndBoosted(
  db: Db,
  viewer: Viewer,
  ids: readonly string[],
): Promise<Map<string, ShownPost>> {
  if (ids.length === 0) return new Map();
  const me = sql`${viewer?.id ?? null}::bigint`;
  const { rows } = await sql<ShownPost>`
    select ${postColumns},
      array_to_json(array(
        select json_build_object('id', a.id::text, 'username', a.username, 'domain', a.domain, 'url', a.url)
        from mentions m join accounts a on a.id = m.account_id
        where m.post_id = p.id order by m.account_id)) as mentions,
      array(select t.name from post_tags pt join tags t on t.id = pt.tag_id where pt.post_id = p.id) as tags,
      (select json_build_object('name', apps.name, 'website', apps.website)
        from apps where apps.id = p.app_id) as app,
      ${isThere(sql`select 1 from polls q where q.post_id = p.id`)} as "hasPoll",
      ${isThere(sql`select 1 from attachments t where t.post_id = p.id`)} as "hasAttachments",
      ${isThere(sql`select 1 from emoji_reactions r where r.post_id = p.id`)} as "hasReactions",
      ${isThere(sql`select 1 from quotes q where q.post_id = p.id`)} as "hasQuote",
      ${emojisOf(sql`p.emoji_names`, domainOfAuthor)} as emojis, ${cardOf} as card,
      ${
    isThere(sql`select 1 from favourites f where f.post_id = p.id and f.account_id = ${me}`)
  } as favourited,
      ${isThere(sql`select 1 from posts b where b.boost_of_id = p.id and b.author_id = ${me}`)} as boosted,
      ${
    isThere(sql`select 1 from bookmarks b where b.post_id = p.id and b.account_id = ${me}`)
  } as bookmarked,
      (p.author_id = ${me} and ${isThere(sql`select 1 from pins i where i.post_id = p.id`)}) as pinned,
      ${
    isThere(
      sql`select 1 from thread_mutes m where m.account_id = ${me} and m.conversation_id = ${threadOf()}`,
    )
  } as muted,
      (p.policy <> '{}' and exists (select 1 from follows f
        where f.follower_id = ${me} and f.account_id = p.author_id)) as follows,
      (p.policy <> '{}' and exists (select 1 from follows f
        where f.follower_id = p.author_id and f.account_id = ${me})) as "isFollowed",
      false as "isMentioned",
      exists (select 1 from filters f where f.account_id = ${me}) as "viewerHasFilters"
    from posts p
    where p.id = any(array(
        select unnest(${ids}::bigint[])
        union all select b.boost_of_id from posts b where b.id = any(${ids}::bigint[])))
      and ${visibleTo(viewer)}`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** What these posts quote, by their ids. */
async function quotesShown(
  db: Db,
  viewer: Viewer,
  postIds: readonly string[],
): Promise<Map<string, ShownQuote>> {
  const me = sql`${viewer?.id ?? null}::bigint`;
  const { rows } = await sql<ShownQuote & { postId: string }>`
    select q.post_id as "postId", q.state, q.quoted_id as "quotedId",
      (o.id is not null and ${visibleTo(viewer, "o")}) as "isVisible",
      case
        when exists (select 1 from blocks b
          where b.blocker_id = ${me} and b.account_id = o.author_id) then 'blocked_account'
        when exists (select 1 from mutes m
          where m.muter_id = ${me} and m.account_id = o.author_id and ${holds("m")}) then 'muted_account'
        when exists (select 1 from account_domain_blocks d join accounts a on a.domain = d.domain
          where d.account_id = ${me} and a.id = o.author_id) then 'blocked_domain' end as silenced
    from quotes q left join posts o on o.id = q.quoted_id
    where q.post_id = any(${postIds}::bigint[])`.execute(db);
  return new Map(rows.map(({ postId, ...quote }) => [postId, quote]));
}
