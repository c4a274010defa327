import type { Status } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { PostList } from "../posts/PostList.tsx";

export interface BookmarksPageProps {
  posts: Status[];
  newer?: string;
  older?: string;
}

/** What a member has put aside. */
export function BookmarksPage(props: BookmarksPageProps) {
  const { t } = usePage();
  return (
    <>
      <PageHeader title={t.feeds.bookmarksTitle} lead={t.feeds.bookmarksLead} />
      <PostList {...props} empty={t.feeds.bookmarksEmpty} />
    </>
  );
}
