import { type AccountAction, actions, paths } from "@riff/web/base/paths.ts";
import { FollowRequestsPage } from "@riff/web/notifications/FollowRequestsPage.tsx";
import type { Account } from "../accounts/account.ts";
import { showAccounts } from "../accounts/entity.ts";
import { seenAccount } from "../accounts/seen.ts";
import { browser, type Route } from "../auth/access.ts";
import type { Ctx } from "../base/ctx.ts";
import { accountLimits, readPage } from "../base/page.ts";
import { goBack } from "../pages/back.ts";
import { neighbours } from "../pages/neighbours.ts";
import { render, wordsFor } from "../pages/render.tsx";
import { block, unblock } from "./block.ts";
import { follow, unfollow } from "./follow.ts";
import { requestersOf } from "./follow_store.ts";
import { mute, unmute } from "./mute.ts";
import { authorizeRequest, rejectRequest } from "./requests.ts";

/** The buttons between two people, and who waits for being let in. */
export const pages: Route[] = [
  button("follow", follow),
  button("unfollow", unfollow),
  button("block", block),
  button("unblock", unblock),
  button("mute", (ctx, me, whom) => mute(ctx, me, whom, { hidesNotifications: true, duration: 0 })),
  button("unmute", unmute),

  browser("GET", paths.followRequests, async (c) => {
    const { ctx, me, input } = c.var;
    const page = readPage(input, accountLimits);
    const waiting = await requestersOf(ctx.db, me.id, page);
    const accounts = await showAccounts(ctx, waiting.map(({ id }) => id));
    const beside = neighbours(c, page, waiting.map(({ cursor }) => cursor));
    return render(c, <FollowRequestsPage accounts={accounts} {...beside} />, {
      title: wordsFor(c).notifications.requestsTitle,
      noindex: true,
    });
  }),

  answer("authorize", authorizeRequest),
  answer("reject", rejectRequest),
];

function button(action: AccountAction, act: (ctx: Ctx, me: Account, whom: Account) => Promise<void>): Route {
  return browser("POST", actions.account(":id", action), async (c) => {
    const { ctx, me } = c.var;
    await act(ctx, me, await seenAccount(ctx, c.req.param("id") ?? ""));
    return goBack(c, paths.home);
  });
}

function answer(
  which: "authorize" | "reject",
  act: (ctx: Ctx, me: Account, followerId: string) => Promise<void>,
): Route {
  return browser("POST", actions.followRequest(":id", which), async (c) => {
    const { ctx, me } = c.var;
    const follower = await seenAccount(ctx, c.req.param("id") ?? "");
    await act(ctx, me, follower.id);
    return goBack(c, paths.followRequests);
  });
}
