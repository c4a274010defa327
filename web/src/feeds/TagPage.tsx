import type { Status } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { PostList } from "../posts/PostList.tsx";

export interface TagPageProps {
  /** Without the `#`. */
  tag: string;
  posts: Status[];
  newer?: string;
  older?: string;
}

/** Public posts with a tag. */
export function TagPage({ tag, ...list }: TagPageProps) {
  const { t } = usePage();
  return (
    <>
      <PageHeader title={t.feeds.tagTitle(tag)} lead={t.feeds.tagLead} />
      <PostList {...list} empty={t.feeds.tagEmpty} />
    </>
  );
}
