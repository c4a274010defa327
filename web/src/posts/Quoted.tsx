import { AccountAvatar } from "../accounts/AccountAvatar.tsx";
import { AccountName } from "../accounts/AccountName.tsx";
import { nameOf } from "../accounts/names.ts";
import type { Quote, Status } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { paths } from "../base/paths.ts";
import { Time } from "../base/Time.tsx";
import { Attachments } from "../media/Attachments.tsx";
import { PostBody } from "./PostBody.tsx";

/** The post that another one quotes; or why it does not show. */
export function Quoted({ quote }: { quote: Quote }) {
  const { t } = usePage();
  if (quote.quoted_status) return <QuotedPost post={quote.quoted_status} />;
  const isSilenced = /^(blocked|muted)_/.test(quote.state);
  const why = quote.state === "pending" ? "quotePending" : isSilenced ? "quoteSilenced" : "quoteGone";
  return <p class="quoted quoted-missing">{t.posts[why]}</p>;
}

function QuotedPost({ post }: { post: Status }) {
  const { t } = usePage();
  return (
    <article class="quoted" aria-label={t.posts.quoteOf(nameOf(post.account))}>
      <header class="quoted-head">
        <a class="post-author" href={paths.profile(post.account)}>
          <AccountAvatar account={post.account} size="small" />
          <AccountName account={post.account} />
          <span class="handle">
            <bdi>@{post.account.acct}</bdi>
          </span>
        </a>
        <a class="post-time" href={paths.post(post)}>
          <Time at={post.created_at} />
        </a>
      </header>
      <PostBody post={post}>
        <Attachments attachments={post.media_attachments} hidden={post.sensitive && !post.spoiler_text} />
      </PostBody>
    </article>
  );
}
