import { sql } from "kysely";
import { accountColumns } from "../accounts/store.ts";
import type { Account } from "../accounts/account.ts";
import type { Db } from "../base/db.ts";
import type { Emoji } from "../emoji/emoji.ts";
import { emojisOf } from "../emoji/store.ts";
import type { Attachment } from "../media/attachment.ts";
import { attachmentsByPost } from "../media/store.ts";
import type { Poll } from "../polls/poll.ts";
import { pollsByPost } from "../polls/store.ts";
import type { QuoteState } from "../quotes/quote.ts";
import type { Post } from "./post.ts";
import { postColumns } from "./store.ts";

/** What telling other servers of a post takes. */
export interface ToldPost {
  post: Post;
  author: Account & { followersUri: string | null; followingUri: string | null };
  /** Those whom it mentions, here and elsewhere. */
  mentioned: { id: string; uri: string; username: string; domain: string | null; url: string }[];
  /** As they were written. */
  tags: { name: string; displayName: string }[];
  replyTo?: { uri: string; authorId: string; authorUri: string };
  /** What it quotes, as long as that is there. */
  quote?: {
    uri: string;
    url: string | null;
    authorId: string;
    isLocal: boolean;
    state: QuoteState;
    stampUri: string | null;
  };
  /** What it asks. */
  poll?: Poll;
  /** What it shows. */
  attachments: Attachment[];
  /** Those in its words, of ours. */
  emojis: Emoji[];
}

type Row = Post & Pick<ToldPost, "mentioned" | "tags" | "emojis"> & {
  replyTo: ToldPost["replyTo"] | null;
  quote: ToldPost["quote"] | null;
};

/** A post with what a `Note` says of it; undefined where it is gone. */
export async function toldPost(db: Db, postId: string): Promise<ToldPost | undefined> {
  return (await toldPosts(db, [postId])).get(postId);
}

/** The same for several, by id, without those that are gone. */
export async function toldPosts(db: Db, postIds: readonly string[]): Promise<Map<string, ToldPost>> {
  if (postIds.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select ${postColumns}, ${emojisOf(sql`p.emoji_names`, sql`null::text`)} as emojis,
      (select coalesce(jsonb_agg(jsonb_build_object('id', a.id::text, 'uri', a.uri, 'username', a.username,
          'domain', a.domain, 'url', a.url) order by a.id), '[]')
        from mentions m join accounts a on a.id = m.account_id where m.post_id = p.id) as mentioned,
      (select coalesce(jsonb_agg(jsonb_build_object('name', t.name, 'displayName', t.display_name)
          order by t.name), '[]')
        from post_tags pt join tags t on t.id = pt.tag_id where pt.post_id = p.id) as tags,
      (select jsonb_build_object('uri', r.uri, 'authorId', a.id::text, 'authorUri', a.uri)
        from posts r join accounts a on a.id = r.author_id where r.id = p.reply_to_id) as "replyTo",
      (select jsonb_build_object('uri', o.uri, 'url', o.url, 'authorId', o.author_id::text,
          'isLocal', o.is_local, 'state', q.state, 'stampUri', q.stamp_uri)
        from quotes q join posts o on o.id = q.quoted_id where q.post_id = p.id) as quote
    from posts p where p.id = any(${postIds}::bigint[])`.execute(db);
  const authors = await authorsOf(db, rows);
  const polls = await pollsByPost(db, undefined, postIds);
  const attachments = await attachmentsByPost(db, postIds);
  const told = new Map<string, ToldPost>();
  for (const { mentioned, tags, emojis, replyTo, quote, ...post } of rows) {
    const author = authors.get(post.authorId);
    if (!author) continue;
    const about = { replyTo: replyTo ?? undefined, quote: quote ?? undefined, poll: polls.get(post.id) };
    const shows = attachments.get(post.id) ?? [];
    told.set(post.id, { post, author, mentioned, tags, attachments: shows, emojis, ...about });
  }
  return told;
}

async function authorsOf(db: Db, posts: readonly Post[]): Promise<Map<string, ToldPost["author"]>> {
  const { rows } = await sql<ToldPost["author"]>`
    select ${accountColumns}, a.followers_uri as "followersUri",
      a.following_uri as "followingUri" from accounts a
    where a.id = any(${posts.map((post) => post.authorId)}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
