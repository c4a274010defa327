import type { Status } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { PostList } from "../posts/PostList.tsx";

export interface FavouritesPageProps {
  posts: Status[];
  newer?: string;
  older?: string;
}

/** What a member has favourited. */
export function FavouritesPage(props: FavouritesPageProps) {
  const { t } = usePage();
  return (
    <>
      <PageHeader title={t.feeds.favouritesTitle} />
      <PostList {...props} empty={t.feeds.favouritesEmpty} />
    </>
  );
}
