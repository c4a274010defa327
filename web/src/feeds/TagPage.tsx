import type { Status } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { Form } from "../base/Form.tsx";
import { actions } from "../base/paths.ts";
import { PageHeader } from "../base/PageHeader.tsx";
import { PostList } from "../posts/PostList.tsx";
import { Button } from "../ui/Button.tsx";

export interface TagPageProps {
  /** Without the `#`. */
  tag: string;
  /** Whether the viewer follows it; undefined for strangers. */
  isFollowed?: boolean;
  posts: Status[];
  newer?: string;
  older?: string;
}

/** Public posts with a tag. */
export function TagPage({ tag, isFollowed, ...list }: TagPageProps) {
  const { t } = usePage();
  return (
    <>
      <PageHeader title={t.feeds.tagTitle(tag)} lead={t.feeds.tagLead}>
        {isFollowed !== undefined && <FollowTag tag={tag} isFollowed={isFollowed} />}
      </PageHeader>
      <PostList {...list} empty={t.feeds.tagEmpty} />
    </>
  );
}

function FollowTag({ tag, isFollowed }: { tag: string; isFollowed: boolean }) {
  const { t } = usePage();
  const words = isFollowed ? t.feeds.unfollowTag : t.feeds.followTag;
  return (
    <Form action={isFollowed ? actions.unfollowTag(tag) : actions.followTag(tag)}>
      <Button tone={isFollowed ? "plain" : "primary"} label={`${words} ${t.feeds.tagTitle(tag)}`}>
        {words}
      </Button>
    </Form>
  );
}
