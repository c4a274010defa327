import { AccountName } from "../accounts/AccountName.tsx";
import type { Status } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { paths } from "../base/paths.ts";
import { Icon } from "../ui/Icon.tsx";

export interface PostMarksProps {
  status: Status;
  showPinned?: boolean;
  /** What it answers stands right above. */
  belowParent?: boolean;
}

/** Why a post is here: boosted, pinned, or an answer to another. */
export function PostMarks({ status, showPinned, belowParent }: PostMarksProps) {
  const { t } = usePage();
  return (
    <>
      {status.reblog && (
        <p class="post-mark post-mark-boost">
          <Icon name="boost" />
          <span>
            {t.posts.boostedBy(
              <a href={paths.profile(status.account)}>
                <AccountName account={status.account} />
              </a>,
            )}
          </span>
        </p>
      )}
      {showPinned && (
        <p class="post-mark">
          <Icon name="pin" />
          <span>{t.posts.pinned}</span>
        </p>
      )}
      {!belowParent && <ReplyMark post={status.reblog ?? status} />}
    </>
  );
}

function ReplyMark({ post }: { post: Status }) {
  const { t } = usePage();
  if (!post.in_reply_to_id) return null;
  const toSelf = post.in_reply_to_account_id === post.account.id;
  const author = toSelf
    ? post.account
    : post.mentions.find((mention) => mention.id === post.in_reply_to_account_id);
  const href = author && paths.post({ id: post.in_reply_to_id, account: author });
  return (
    <p class="post-mark">
      <Icon name="reply" />
      {toSelf && <a href={href}>{t.posts.replyToSelf}</a>}
      {!toSelf && author && (
        <span>
          {t.posts.replyTo(
            <a href={href}>
              <bdi>@{author.acct}</bdi>
            </a>,
          )}
        </span>
      )}
      {!author && <span>{t.posts.replyToSomebody}</span>}
    </p>
  );
}
