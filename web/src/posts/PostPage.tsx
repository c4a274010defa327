import { nameOf } from "../accounts/names.ts";
import type { Status } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { paths, thenTo } from "../base/paths.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Composer, type Draft } from "./Composer.tsx";
import { Post } from "./Post.tsx";
import { depths } from "./thread.ts";

export interface PostPageProps {
  status: Status;
  /** What it answers, oldest first. */
  ancestors: Status[];
  /** What answers it, parents before their children. */
  descendants: Status[];
  /** A reply that was refused, and why. */
  draft?: Draft;
  error?: string;
}

/** A post in its conversation. */
export function PostPage({ status, ancestors, descendants, draft, error }: PostPageProps) {
  const { t, viewer } = usePage();
  const depthOf = depths(status.id, descendants);
  return (
    <>
      <h1 class="visually-hidden">{t.posts.threadOf(nameOf(status.account))}</h1>
      {ancestors.length > 0 && (
        <ol class="posts thread-above">
          {ancestors.map((post, index) => (
            <li key={post.id}>
              <Post status={post} belowParent={isAnswer(post, ancestors[index - 1])} />
            </li>
          ))}
        </ol>
      )}
      <Post status={status} focused belowParent={isAnswer(status, ancestors.at(-1))} />
      {viewer ? <Composer inReplyTo={status} draft={draft} error={error} /> : <JoinToReply />}
      {descendants.length > 0 && (
        <section aria-labelledby="replies">
          <h2 class="section-title" id="replies">{t.posts.repliesTitle}</h2>
          <ol class="posts thread-below">
            {descendants.map((post, index) => (
              <li key={post.id} class={`depth-${depthOf.get(post.id) ?? 0}`}>
                <Post
                  status={post}
                  belowParent={isAnswer(post, status) || isAnswer(post, descendants[index - 1])}
                />
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

function isAnswer(post: Status, parent: Status | undefined): boolean {
  return parent !== undefined && post.in_reply_to_id === parent.id;
}

function JoinToReply() {
  const { t, path } = usePage();
  return (
    <div class="join">
      <p>{t.posts.joinToReply}</p>
      <ButtonLink href={thenTo(paths.signIn, path)}>{t.nav.signIn}</ButtonLink>
    </div>
  );
}
