import { z } from "zod";
import type { Account } from "../accounts/account.ts";
import { showAccounts } from "../accounts/entity.ts";
import { anyone, member, type Route } from "../auth/access.ts";
import type { Scope } from "../auth/scopes.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Db } from "../base/db.ts";
import { accountLimits, type Listed, type Page, postLimits, readPage } from "../base/page.ts";
import { parse } from "../base/schema.ts";
import { withLink } from "../auth/links.ts";
import { respond } from "../posts/answer.ts";
import { showPosts } from "../posts/entity.ts";
import type { Post } from "../posts/post.ts";
import { seenOriginal, seenPost } from "../posts/seen.ts";
import type { Viewer } from "../posts/visibility.ts";
import { bookmark, unbookmark } from "./bookmark.ts";
import { boost, unboost } from "./boost.ts";
import { favourite, unfavourite } from "./favourite.ts";
import { boostersFor, favouritersOf, type Pile, pileOf } from "./store.ts";

/** Mastodon's endpoints about what people do with posts. */
export const api: Route[] = [
  toggle("favourite", "write:favourites", favourite),
  toggle("unfavourite", "write:favourites", unfavourite),
  toggle("bookmark", "write:bookmarks", bookmark),
  toggle("unbookmark", "write:bookmarks", unbookmark),
  toggle("unreblog", "write:statuses", unboost),

  member("POST", "/api/v1/statuses/:id/reblog", "write:statuses", async (c) => {
    const { ctx, me, input } = c.var;
    const asked = parse(
      z.object({ visibility: z.enum(["public", "unlisted", "private", "direct"]).default("public") }),
      input,
    );
    const post = await seenOriginal(ctx, me, c.req.param("id") ?? "");
    return respond(c, me, await boost(ctx, me, post, asked.visibility));
  }),

  pile("favourites", "read:favourites"),
  pile("bookmarks", "read:bookmarks"),

  people("favourited_by", favouritersOf),
  people("reblogged_by", boostersFor),
];

function toggle(
  verb: string,
  scope: Scope,
  act: (ctx: Ctx, me: Account, post: Post) => Promise<void>,
): Route {
  return member("POST", `/api/v1/statuses/:id/${verb}`, scope, async (c) => {
    const { ctx, me } = c.var;
    const post = await seenOriginal(ctx, me, c.req.param("id") ?? "");
    await act(ctx, me, post);
    return respond(c, me, post.id);
  });
}

function pile(which: Pile, scope: Scope): Route {
  return member("GET", `/api/v1/${which}`, scope, async (c) => {
    const { ctx, me } = c.var;
    const page = readPage(c.var.input, postLimits);
    const listed = await pileOf(ctx.db, me, which, page);
    withLink(c, page, listed.map((row) => row.cursor));
    return c.json(await showPosts(ctx, me, listed.map((row) => row.id)));
  });
}

function people(
  which: string,
  find: (db: Db, viewer: Viewer, postId: string, page: Page) => Promise<Listed[]>,
): Route {
  return anyone("GET", `/api/v1/statuses/:id/${which}`, "read:statuses", async (c) => {
    const { ctx, viewer } = c.var;
    const post = await seenPost(ctx, viewer, c.req.param("id") ?? "");
    const page = readPage(c.var.input, accountLimits);
    const listed = await find(ctx.db, viewer, post.boostOfId ?? post.id, page);
    withLink(c, page, listed.map((row) => row.cursor), "since_id");
    return c.json(await showAccounts(ctx, listed.map((row) => row.id)));
  });
}
