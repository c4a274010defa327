import type { Status } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Paging } from "../ui/Paging.tsx";
import { Post } from "./Post.tsx";

/** A page of posts, in the order given. */
export interface PostListProps {
  posts: Status[];
  /** The addresses of the pages beside this one. */
  newer?: string;
  older?: string;
  /** What to say when there are none. */
  empty: string;
  showPinned?: boolean;
}

/** Posts below each other, and the way to more of them. */
export function PostList({ posts, newer, older, empty, showPinned }: PostListProps) {
  const { t } = usePage();
  return (
    <>
      {posts.length === 0 && <Empty text={empty} />}
      {posts.length > 0 && (
        <ol class="posts">
          {posts.map((status) => (
            <li key={status.id}>
              <Post status={status} showPinned={showPinned} />
            </li>
          ))}
        </ol>
      )}
      <Paging
        label={t.nav.paging}
        newer={newer ? { href: newer, text: t.nav.newer } : undefined}
        older={older ? { href: older, text: t.nav.older } : undefined}
      />
    </>
  );
}
