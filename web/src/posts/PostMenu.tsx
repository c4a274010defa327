import type { Status } from "../base/entities.ts";
import { usePage, type Viewer } from "../base/page.tsx";
import { actions, paths } from "../base/paths.ts";
import { Menu, MenuButton, MenuLink } from "../ui/Menu.tsx";

/** What is done to a post less often. Stands in the form of `PostActions`. */
export function PostMenu({ post, viewer }: { post: Status; viewer: Viewer }) {
  const { t } = usePage();
  const own = post.account.id === viewer.account.id;
  return (
    <Menu label={t.posts.more}>
      {own ? <OwnItems post={post} /> : <OthersItems post={post} />}
      {post.url && post.account.acct.includes("@") && (
        <MenuLink icon="out" text={t.posts.openOriginal} href={post.url} />
      )}
    </Menu>
  );
}

function OwnItems({ post }: { post: Status }) {
  const { t } = usePage();
  const mayPin = post.visibility !== "direct";
  return (
    <>
      {mayPin && (
        <MenuButton
          icon="pin"
          text={post.pinned ? t.posts.unpin : t.posts.pin}
          formaction={actions.post(post.id, post.pinned ? "unpin" : "pin")}
        />
      )}
      <MenuLink icon="edit" text={t.posts.edit} href={paths.edit(post)} />
      <MenuLink icon="trash" text={t.posts.remove} href={paths.remove(post)} danger />
    </>
  );
}

function OthersItems({ post }: { post: Status }) {
  const { t } = usePage();
  const handle = `@${post.account.acct}`;
  return (
    <>
      <MenuButton
        icon="mute"
        text={t.posts.muteAuthor(handle)}
        formaction={actions.account(post.account.id, "mute")}
      />
      <MenuButton
        icon="block"
        text={t.posts.blockAuthor(handle)}
        formaction={actions.account(post.account.id, "block")}
        danger
      />
    </>
  );
}
