import type { Status } from "../base/entities.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions, paths, type PostAction } from "../base/paths.ts";
import { Icon } from "../ui/Icon.tsx";
import type { IconName } from "../ui/icons.ts";
import { PostMenu } from "./PostMenu.tsx";

export interface PostActionsProps {
  post: Status;
  /** Where on the page to come back to. */
  anchor: string;
}

/** Reply, boost, favourite, bookmark and the rest, in one form: each button posts to its own address. */
export function PostActions({ post, anchor }: PostActionsProps) {
  const { t, viewer } = usePage();
  if (!viewer) return <VisitorCounts post={post} />;
  const mayBoost = post.visibility === "public" || post.visibility === "unlisted" ||
    (post.visibility === "private" && post.account.id === viewer.account.id);
  return (
    <Form action={actions.post(post.id, "favourite")} class="post-actions" anchor={anchor}>
      <a class="action action-reply" href={paths.reply(post)}>
        <Icon name="reply" />
        <span class="visually-hidden">{t.posts.reply}</span>
        <Count n={post.replies_count} />
      </a>
      {mayBoost
        ? (
          <Toggle
            post={post}
            icon="boost"
            on={post.reblogged}
            does="reblog"
            undoes="unreblog"
            text={t.posts.boost}
            count={post.reblogs_count}
          />
        )
        : (
          <span class="action action-off" title={t.posts.cannotBoost}>
            <Icon name={post.visibility === "direct" ? "at" : "lock"} />
            <span class="visually-hidden">{t.posts.cannotBoost}</span>
          </span>
        )}
      <Toggle
        post={post}
        icon="heart"
        on={post.favourited}
        does="favourite"
        undoes="unfavourite"
        text={t.posts.favourite}
        count={post.favourites_count}
      />
      <Toggle
        post={post}
        icon="bookmark"
        on={post.bookmarked}
        does="bookmark"
        undoes="unbookmark"
        text={t.posts.bookmark}
      />
      <PostMenu post={post} viewer={viewer} />
    </Form>
  );
}

interface ToggleProps {
  post: Status;
  icon: IconName;
  on?: boolean;
  does: PostAction;
  undoes: PostAction;
  text: string;
  count?: number;
}

function Toggle({ post, icon, on = false, does, undoes, text, count = 0 }: ToggleProps) {
  return (
    <button
      type="submit"
      class={`action action-${does}`}
      formaction={actions.post(post.id, on ? undoes : does)}
      aria-pressed={on}
    >
      <Icon name={icon} />
      <span class="visually-hidden">{text}</span>
      <Count n={count} />
    </button>
  );
}

function Count({ n }: { n: number }) {
  const { t } = usePage();
  return n > 0 ? <span class="action-count">{t.shortNumber(n)}</span> : null;
}

/** What a visitor sees instead: how much has happened, and nothing to press. */
function VisitorCounts({ post }: { post: Status }) {
  const { t } = usePage();
  const counts: [IconName, number, string][] = [
    ["reply", post.replies_count, t.posts.replies(post.replies_count)],
    ["boost", post.reblogs_count, t.posts.boosts(post.reblogs_count)],
    ["heart", post.favourites_count, t.posts.favourites(post.favourites_count)],
  ];
  if (counts.every(([, n]) => n === 0)) return null;
  return (
    <ul class="post-counts">
      {counts.map(([icon, n, text]) =>
        n > 0 && (
          <li key={icon}>
            <Icon name={icon} />
            <span aria-hidden="true">{t.shortNumber(n)}</span>
            <span class="visually-hidden">{text}</span>
          </li>
        )
      )}
    </ul>
  );
}
