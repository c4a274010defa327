import { actions, paths, type PostAction } from "@riff/web/base/paths.ts";
import type { Account } from "../accounts/account.ts";
import { browser, type Route } from "../auth/access.ts";
import type { Member } from "../auth/member.ts";
import type { Ctx } from "../base/ctx.ts";
import { goBack } from "../pages/back.ts";
import type { Post } from "../posts/post.ts";
import { seenOriginal } from "../posts/seen.ts";
import { bookmark, unbookmark } from "./bookmark.ts";
import { boost, unboost } from "./boost.ts";
import { favourite, unfavourite } from "./favourite.ts";

/** The buttons below a post. Each leads back to where it was pressed. */
export const pages: Route[] = [
  button("favourite", (ctx, me, post) => favourite(ctx, me, post)),
  button("unfavourite", unfavourite),
  button("bookmark", bookmark),
  button("unbookmark", unbookmark),
  button("reblog", (ctx, me, post, member) => boost(ctx, me, post, member.defaultVisibility)),
  button("unreblog", unboost),
];

type Act = (ctx: Ctx, me: Account, post: Post, member: Member) => Promise<unknown>;

function button(action: PostAction, act: Act): Route {
  return browser("POST", actions.post(":id", action), async (c) => {
    const { ctx, me, member } = c.var;
    const post = await seenOriginal(ctx, me, c.req.param("id") ?? "");
    await act(ctx, me, post, member);
    return goBack(c, paths.home);
  });
}
