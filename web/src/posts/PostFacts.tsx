import { inFull } from "../base/dates.ts";
import type { Reaction, Status } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { paths } from "../base/paths.ts";
import { Time } from "../base/Time.tsx";
import { Icon } from "../ui/Icon.tsx";
import { visibilityIcons } from "./visibility.ts";

/** When, for whom and how often: below the post that its page is about. */
export function PostFacts({ post }: { post: Status }) {
  const { t } = usePage();
  return (
    <ul class="post-facts">
      <li>
        <a href={paths.post(post)}>
          <Time at={post.created_at} full />
        </a>
      </li>
      <li class="post-fact-visibility">
        <Icon name={visibilityIcons[post.visibility]} />
        <span>{t.posts.visibility[post.visibility]}</span>
      </li>
      {post.edited_at && (
        <li>
          <a href={paths.history(post)}>{t.posts.editedAt(t.time.utc(inFull(post.edited_at, t.locale)))}</a>
        </li>
      )}
      {post.reblogs_count > 0 && <li>{t.posts.boosts(post.reblogs_count)}</li>}
      {post.favourites_count > 0 && <li>{t.posts.favourites(post.favourites_count)}</li>}
      {post.reactions.map((reaction) => <ReactionFact key={reaction.name} reaction={reaction} />)}
    </ul>
  );
}

function ReactionFact({ reaction: { name, count, static_url } }: { reaction: Reaction }) {
  return (
    <li>
      {static_url ? <img class="emoji" src={static_url} alt={`:${name}:`} width="18" height="18" /> : name}
      <span>{count}</span>
    </li>
  );
}
