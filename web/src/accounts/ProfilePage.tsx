import type { Account, Relationship, Status } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { paths } from "../base/paths.ts";
import { PostList } from "../posts/PostList.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { fullHandle, nameOf } from "./names.ts";
import { ProfileHead } from "./ProfileHead.tsx";

export interface ProfilePageProps {
  account: Account;
  /** Undefined: a visitor looks, or the owner. */
  relationship?: Relationship;
  tab: "posts" | "replies";
  /** Shown on top of the first page of `posts`. */
  pinned: Status[];
  posts: Status[];
  newer?: string;
  older?: string;
}

/** Somebody, and what they post. */
export function ProfilePage({ account, relationship, tab, pinned, posts, newer, older }: ProfilePageProps) {
  const { t, instance } = usePage();
  return (
    <>
      <ProfileHead account={account} relationship={relationship} />
      {account.moved && (
        <Notice kind="info">
          {t.accounts.movedTo(
            <a href={paths.profile(account.moved)}>
              <bdi>{fullHandle(account.moved, instance.domain)}</bdi>
            </a>,
          )}
        </Notice>
      )}
      {account.suspended ? <Empty text={t.accounts.suspended} /> : (
        <>
          <Tabs
            label={t.accounts.tabs}
            tabs={[
              { href: paths.profile(account), text: t.accounts.tabPosts, current: tab === "posts" },
              { href: paths.withReplies(account), text: t.accounts.tabReplies, current: tab === "replies" },
            ]}
          />
          <h2 class="visually-hidden">{t.posts.titleOf(nameOf(account), "")}</h2>
          {pinned.length > 0 && <PostList posts={pinned} empty="" showPinned />}
          {(posts.length > 0 || pinned.length === 0) && (
            <PostList posts={posts} newer={newer} older={older} empty={t.accounts.noPosts} />
          )}
        </>
      )}
    </>
  );
}
