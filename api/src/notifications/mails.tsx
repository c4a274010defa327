import { type Account, handleOf } from "../accounts/account.ts";
import { accountsById } from "../accounts/store.ts";
import { type Reader, reader } from "../auth/reader.ts";
import type { Ctx } from "../base/ctx.ts";
import { plainText } from "../base/html.ts";
import type { Messages } from "../base/messages.ts";
import { Action, Heading, type Letter, Lines, Link, Paragraph, Quote } from "../mail/letter.tsx";
import type { Letters } from "../mail/postman.ts";
import type { Post } from "../posts/post.ts";
import { digestSpan, digestToken } from "./digest.ts";
import { countMissed, talkedAbout } from "./digest_store.ts";
import type { Kind } from "./notification.ts";

/** Posts in one digest, and characters of each. */
const mostPosts = 5;
const longestExcerpt = 300;

/** What the weekly mail says; nothing in weeks in which somebody has missed nothing. */
export const letters: Pick<Letters, "digest"> = {
  digest: async (ctx, { accountId, createdAt }) => {
    const to = await reader(ctx, accountId);
    if (!to?.member.wantsDigest) return;
    const since = createdAt.subtract(digestSpan);
    const missed = missedIn(to.t, await countMissed(ctx.db, to.account.id, since));
    const posts = await talkedAbout(ctx.db, to.account.id, since, mostPosts);
    if (missed.length + posts.length === 0) return;
    const authors = await accountsById(ctx.db, posts.map(({ authorId }) => authorId));
    return digestOf(ctx, to, missed, posts.map((post) => ({ post, author: authors.get(post.authorId)! })));
  },
};

/** What waits, in words. */
function missedIn({ mails }: Messages, counts: ReadonlyMap<Kind, number>): string[] {
  const sum = (...kinds: Kind[]) => kinds.reduce((total, kind) => total + (counts.get(kind) ?? 0), 0);
  const said: [number, (n: number) => string][] = [
    [sum("mention", "quote"), mails.digestMentions],
    [sum("request"), mails.digestRequests],
    [sum("follow"), mails.digestFollows],
    [sum("favourite", "boost"), mails.digestReactions],
  ];
  return said.flatMap(([n, say]) => n > 0 ? [say(n)] : []);
}

function digestOf(
  ctx: Ctx,
  { t, handle, server, account }: Reader,
  missed: string[],
  posts: { post: Post; author: Account }[],
): Letter {
  const { baseUrl } = ctx.config;
  const end = `${baseUrl}/digest/${digestToken(ctx, account.id)}`;
  const link = `${baseUrl}/${missed.length > 0 ? "notifications" : "home"}`;
  return {
    subject: t.mails.digestSubject(server),
    locale: t.locale,
    link,
    unsubscribe: end,
    content: (
      <>
        {missed.length > 0 && (
          <>
            <Paragraph>{t.mails.digestLead(handle)}</Paragraph>
            <Lines>{missed}</Lines>
          </>
        )}
        {posts.length > 0 && <Heading>{t.mails.digestPosts}</Heading>}
        {posts.map(({ post, author }) => (
          <>
            <Paragraph>
              <b>{t.mails.digestBy(author.displayName || author.username, `@${handleOf(author)}`)}</b>
            </Paragraph>
            <Quote>{excerptOf(post)}</Quote>
            <Paragraph>
              <Link href={`${baseUrl}/@${handleOf(author)}/${post.id}`}>{t.mails.digestOpen}</Link>
            </Paragraph>
          </>
        ))}
        <Action href={link}>{t.mails.digestButton}</Action>
      </>
    ),
    why: t.mails.digestWhy(handle, server, <Link href={end}>{t.mails.digestEnd}</Link>),
  };
}

function excerptOf({ html }: Post): string {
  const text = [...plainText(html)];
  return text.length <= longestExcerpt ? text.join("") : `${text.slice(0, longestExcerpt - 1).join("")}…`;
}
