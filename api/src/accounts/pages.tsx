import { FollowersPage } from "@riff/web/accounts/FollowersPage.tsx";
import { FollowingPage } from "@riff/web/accounts/FollowingPage.tsx";
import { fullHandle, nameOf } from "@riff/web/accounts/names.ts";
import { ProfilePage } from "@riff/web/accounts/ProfilePage.tsx";
import type { HeadProps } from "@riff/web/base/Head.tsx";
import { textOf } from "@riff/web/base/Html.tsx";
import { paths } from "@riff/web/base/paths.ts";
import { type Call, type Route, visitor } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { accountLimits, type Listed, type Page, postLimits, readPage } from "../base/page.ts";
import { accountFeed, pinnedFeed } from "../feeds/account.ts";
import { profileRoute } from "../pages/addresses.ts";
import { neighbours } from "../pages/neighbours.ts";
import { render, wordsFor } from "../pages/render.tsx";
import { showPosts } from "../posts/entity.ts";
import { sift } from "../posts/sift.ts";
import { showRelationships } from "../relationships/entity.ts";
import { listFollowers, listFollowing } from "../relationships/lists.ts";
import { type Account, handleOf, readHandle } from "./account.ts";
import { type AccountEntity, showAccount, showAccounts, toEntity } from "./entity.ts";
import { seenByHandle } from "./seen.ts";

/** Pages about somebody, for everybody. */
export const pages: Route[] = [
  visitor("GET", profileRoute, (c) => atTheirAddress(c, (account) => profilePage(c, account, "posts"))),

  visitor(
    "GET",
    `${profileRoute}/with_replies`,
    (c) => atTheirAddress(c, (account) => profilePage(c, account, "replies")),
  ),

  visitor("GET", `${profileRoute}/followers`, (c) =>
    atTheirAddress(c, async (account) => {
      const { ctx, viewer } = c.var;
      const people = await listed(c, (page) => listFollowers(ctx, viewer, account, page));
      const whose = toEntity(ctx, account);
      return render(c, <FollowersPage account={whose} {...people} />, {
        title: wordsFor(c).accounts.followersOf(nameOf(whose)),
        noindex: true,
      });
    })),

  visitor("GET", `${profileRoute}/following`, (c) =>
    atTheirAddress(c, async (account) => {
      const { ctx, viewer } = c.var;
      const people = await listed(c, (page) => listFollowing(ctx, viewer, account, page));
      const whose = toEntity(ctx, account);
      return render(c, <FollowingPage account={whose} {...people} />, {
        title: wordsFor(c).accounts.followingOf(nameOf(whose)),
        noindex: true,
      });
    })),
];

/** Shows whom the path names; under a name that they had before, or spelled otherwise, leads to their own. */
async function atTheirAddress(c: Call, show: (account: Account) => Promise<Response>): Promise<Response> {
  const { ctx } = c.var;
  const asked = `/${c.req.param("handle")}`;
  const handle = readHandle(asked.slice(1), ctx.config.handleDomain);
  if (!handle) throw new NotFound();
  const account = await seenByHandle(ctx, handle);
  const address = paths.profile({ acct: handleOf(account) });
  return asked === address ? show(account) : c.redirect(c.req.path.replace(asked, address));
}

/** Somebody and what they post. Of a suspended account nothing is left but the name. */
async function profilePage(c: Call, account: Account, tab: "posts" | "replies"): Promise<Response> {
  const { ctx, viewer } = c.var;
  const entity = await showAccount(ctx, account);
  const said = account.suspendedAt ? { pinned: [], posts: [] } : await saidBy(c, account, tab);
  const [relationship] = viewer && viewer.id !== account.id
    ? await showRelationships(ctx, viewer, [account.id])
    : [];
  c.header("vary", "Accept");
  return render(c, <ProfilePage account={entity} relationship={relationship} tab={tab} {...said} />, {
    ...headFor(c, entity),
    status: account.suspendedAt ? 410 : 200,
  });
}

async function saidBy(c: Call, { id }: Account, tab: "posts" | "replies") {
  const { ctx, viewer } = c.var;
  const page = readPage(c.var.input, postLimits);
  const ids = await accountFeed(ctx.db, viewer, id, { excludesReplies: tab === "posts" }, page);
  const beside = neighbours(c, page, ids);
  const isFirst = tab === "posts" && !beside.newer;
  const pinnedIds = isFirst ? await pinnedFeed(ctx.db, viewer, id) : [];
  const [pinned, posts] = [await showPosts(ctx, viewer, pinnedIds), await showPosts(ctx, viewer, ids)];
  return { pinned: sift(pinned, viewer, "account"), posts: sift(posts, viewer, "account"), ...beside };
}

/** A page of people, and how the viewer stands to them. */
async function listed(c: Call, list: (page: Page) => Promise<Listed[]>) {
  const { ctx, viewer } = c.var;
  const page = readPage(c.var.input, accountLimits);
  const rows = await list(page);
  const ids = rows.map((row) => row.id);
  return {
    accounts: await showAccounts(ctx, ids),
    relationships: viewer ? await showRelationships(ctx, viewer, ids) : [],
    ...neighbours(c, page, rows.map((row) => row.cursor)),
  };
}

function headFor(c: Call, account: AccountEntity): HeadProps {
  const { accounts } = wordsFor(c);
  const handle = fullHandle(account, c.var.ctx.config.handleDomain);
  return {
    title: `${nameOf(account)} (${handle})`,
    description: textOf(account.note, 300) || accounts.profileDescription(handle, account.statuses_count),
    canonical: account.url,
    type: "profile",
    image: account.avatar_static,
    activity: account.uri,
    noindex: (account.noindex ?? true) || account.suspended,
  };
}
