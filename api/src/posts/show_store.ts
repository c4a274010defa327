import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Card } from "../cards/card.ts";
import { cardOf } from "../cards/store.ts";
import type { Emoji } from "../emoji/emoji.ts";
import { emojisOf } from "../emoji/store.ts";
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
export interface ShownPost extends Post, Own {
  mentions: MentionRow[];
  tags: string[];
  app: { name: string; website: string | null } | null;
  hasPoll: boolean;
  hasAttachments: boolean;
  emojis: Emoji[];
  card: Card | null;
  /** The same for all of an answer: it saves asking those who have none. */
  viewerHasFilters: boolean;
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

/** Those of these posts that `viewer` may see, and what they boost. */
export async function shownPosts(
  db: Db,
  viewer: Viewer,
  ids: readonly string[],
): Promise<Map<string, ShownPost>> {
  const viewerId = viewer?.id ?? null;
  const { rows } = await sql<ShownPost>`
    select ${postColumns},
      array(select json_build_object('id', a.id::text, 'username', a.username, 'domain', a.domain, 'url', a.url)
        from mentions m join accounts a on a.id = m.account_id
        where m.post_id = p.id order by a.id) as mentions,
      array(select t.name from post_tags pt join tags t on t.id = pt.tag_id
        where pt.post_id = p.id order by t.name) as tags,
      (select json_build_object('name', apps.name, 'website', apps.website)
        from apps where apps.id = p.app_id) as app,
      exists (select 1 from polls q where q.post_id = p.id) as "hasPoll",
      exists (select 1 from attachments t where t.post_id = p.id) as "hasAttachments",
      ${emojisOf(sql`p.emoji_names`, domainOfAuthor)} as emojis, ${cardOf} as card,
      exists (select 1 from favourites f
        where f.post_id = p.id and f.account_id = ${viewerId}::bigint) as favourited,
      exists (select 1 from posts b
        where b.boost_of_id = p.id and b.author_id = ${viewerId}::bigint) as boosted,
      exists (select 1 from bookmarks b
        where b.post_id = p.id and b.account_id = ${viewerId}::bigint) as bookmarked,
      exists (select 1 from pins i
        where i.post_id = p.id and i.account_id = ${viewerId}::bigint) as pinned,
      exists (select 1 from thread_mutes m
        where m.account_id = ${viewerId}::bigint and m.conversation_id = ${threadOf()}) as muted,
      exists (select 1 from filters f where f.account_id = ${viewerId}::bigint) as "viewerHasFilters"
    from posts p
    where p.id = any(${ids}::bigint[] || array(
        select b.boost_of_id from posts b where b.id = any(${ids}::bigint[])))
      and ${visibleTo(viewer)}`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
