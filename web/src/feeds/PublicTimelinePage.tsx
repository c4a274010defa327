import type { Status } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { paths } from "../base/paths.ts";
import { PostList } from "../posts/PostList.tsx";
import { Tabs } from "../ui/Tabs.tsx";

export interface PublicTimelinePageProps {
  /** Our own members only, or everybody whom we know. */
  which: "local" | "federated";
  posts: Status[];
  newer?: string;
  older?: string;
}

/** What is said in public. */
export function PublicTimelinePage({ which, ...list }: PublicTimelinePageProps) {
  const { t, instance } = usePage();
  const local = which === "local";
  return (
    <>
      <PageHeader
        title={local ? t.feeds.localTitle : t.feeds.federatedTitle}
        lead={local ? t.feeds.localLead(instance.title) : t.feeds.federatedLead}
      />
      <Tabs
        label={t.feeds.whichPublic}
        tabs={[
          { href: paths.local, text: t.feeds.localTitle, current: local },
          { href: paths.federated, text: t.feeds.federatedTitle, current: !local },
        ]}
      />
      <PostList {...list} empty={t.feeds.publicEmpty} />
    </>
  );
}
