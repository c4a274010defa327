import { anyone, type Call, member, type Route } from "../auth/access.ts";
import { withLink } from "../auth/links.ts";
import { type Limits, readPage } from "../base/page.ts";
import { showTags } from "./entity.ts";
import { followTag, seenTag, unfollowTag } from "./follow.ts";
import { followedTags } from "./store.ts";
import type { Tag } from "./tag.ts";

const limits: Limits = { usual: 100, most: 200 };

/** Mastodon's endpoints for hashtags. */
export const api: Route[] = [
  member("GET", "/api/v1/followed_tags", "read:follows", async (c) => {
    const { ctx, me, input } = c.var;
    const page = readPage(input, limits);
    const found = await followedTags(ctx.db, me.id, page);
    withLink(c, page, found.map(({ cursor }) => cursor), "since_id");
    return c.json(await showTags(ctx, me, found));
  }),

  anyone("GET", "/api/v1/tags/:name", [], async (c) => answer(c, await seenTag(c.var.ctx, nameIn(c)))),

  member("POST", "/api/v1/tags/:name/follow", "write:follows", async (c) => {
    return answer(c, await followTag(c.var.ctx, c.var.me, nameIn(c)));
  }),

  member("POST", "/api/v1/tags/:name/unfollow", "write:follows", async (c) => {
    return answer(c, await unfollowTag(c.var.ctx, c.var.me, nameIn(c)));
  }),
];

function nameIn(c: Call): string {
  return c.req.param("name") ?? "";
}

async function answer(c: Call, tag: Tag): Promise<Response> {
  const { ctx, viewer } = c.var;
  const [shown] = await showTags(ctx, viewer, [tag]);
  return c.json(shown);
}
