import { AccountAvatar } from "../accounts/AccountAvatar.tsx";
import { AccountName } from "../accounts/AccountName.tsx";
import { nameOf } from "../accounts/names.ts";
import { agoInWords } from "../base/dates.ts";
import type { Status } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { paths } from "../base/paths.ts";
import { Time } from "../base/Time.tsx";
import { PreviewCard } from "../cards/PreviewCard.tsx";
import { Attachments } from "../media/Attachments.tsx";
import { Poll } from "../polls/Poll.tsx";
import { classes } from "../ui/classes.ts";
import { Icon } from "../ui/Icon.tsx";
import { PostActions } from "./PostActions.tsx";
import { PostBody } from "./PostBody.tsx";
import { PostFacts } from "./PostFacts.tsx";
import { PostMarks } from "./PostMarks.tsx";
import { Quoted } from "./Quoted.tsx";
import { visibilityIcons } from "./visibility.ts";

export interface PostProps {
  /** A post, or a boost: then what is boosted shows, with a line above that says who did. */
  status: Status;
  /** The one that its page is about: larger, with the whole date and the counts in words. */
  focused?: boolean;
  /** Says that it is pinned: on its author's profile. */
  showPinned?: boolean;
  /** What it answers stands right above, so it need not be named. */
  belowParent?: boolean;
  /** Without the buttons: where it is only shown, as before it is deleted. */
  quiet?: boolean;
}

/** One post, wherever it shows. */
export function Post({ status, focused, showPinned, belowParent, quiet }: PostProps) {
  const { t, now } = usePage();
  const post = status.reblog ?? status;
  const name = nameOf(post.account);
  const anchor = `post-${status.id}`;
  return (
    <article
      class={classes("post", focused && "post-focused")}
      id={anchor}
      aria-label={t.posts.by(name, agoInWords(post.created_at, now, t.locale))}
    >
      <PostMarks {...{ status, showPinned, belowParent }} />
      <a class="post-avatar" href={paths.profile(post.account)} tabIndex={-1} aria-hidden="true">
        <AccountAvatar account={post.account} />
      </a>
      <PostHead post={post} brief={focused} />
      <PostBody post={post}>
        {post.poll && <Poll poll={post.poll} anchor={anchor} quiet={quiet} />}
        <Attachments attachments={post.media_attachments} hidden={post.sensitive && !post.spoiler_text} />
        {post.quote && <Quoted quote={post.quote} />}
        {post.card && !post.quote && post.media_attachments.length === 0 && <PreviewCard card={post.card} />}
      </PostBody>
      {focused && <PostFacts post={post} />}
      {!quiet && <PostActions post={post} anchor={anchor} />}
    </article>
  );
}

/** Who, when and for whom; `brief` where `PostFacts` tells all but the first. */
function PostHead({ post, brief }: { post: Status; brief?: boolean }) {
  const { t } = usePage();
  return (
    <header class="post-head">
      <a class="post-author" href={paths.profile(post.account)}>
        <AccountName account={post.account} />
        <span class="handle">
          <bdi>@{post.account.acct}</bdi>
        </span>
      </a>
      {!brief && (
        <span class="post-when">
          {post.edited_at && <span class="post-edited">{t.posts.edited}</span>}
          {post.visibility !== "public" && (
            <>
              <Icon name={visibilityIcons[post.visibility]} />
              <span class="visually-hidden">{t.posts.visibility[post.visibility]}</span>
            </>
          )}
          {post.local_only && (
            <>
              <Icon name="local" />
              <span class="visually-hidden">{t.posts.localOnly}</span>
            </>
          )}
          <a class="post-time" href={paths.post(post)}>
            <Time at={post.created_at} />
          </a>
        </span>
      )}
    </header>
  );
}
