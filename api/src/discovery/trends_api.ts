import { anyone, type Call, type Route } from "../auth/access.ts";
import { withSliceLink } from "../auth/links.ts";
import { postLimits, readSlice } from "../base/page.ts";
import { showPosts } from "../posts/entity.ts";
import { showTags } from "../tags/entity.ts";
import { trendLimits } from "./trend.ts";
import { showLinks } from "./trend_entity.ts";
import { trendingLinks, trendingPosts, trendingTags } from "./trend_store.ts";

/** Mastodon's endpoints for what many talk about. The first is what the second was called once. */
export const api: Route[] = [
  anyone("GET", "/api/v1/trends", [], tags),
  anyone("GET", "/api/v1/trends/tags", [], tags),

  anyone("GET", "/api/v1/trends/statuses", [], async (c) => {
    const { ctx, viewer, input } = c.var;
    const slice = readSlice(input, postLimits);
    const found = await trendingPosts(ctx.db, viewer, slice);
    withSliceLink(c, slice, found.length);
    return c.json(await showPosts(ctx, viewer, found));
  }),

  anyone("GET", "/api/v1/trends/links", [], async (c) => {
    const { ctx, input } = c.var;
    const slice = readSlice(input, trendLimits);
    const found = await trendingLinks(ctx.db, slice);
    withSliceLink(c, slice, found.length);
    return c.json(await showLinks(ctx, found));
  }),
];

async function tags(c: Call): Promise<Response> {
  const { ctx, viewer, input } = c.var;
  const slice = readSlice(input, trendLimits);
  const found = await trendingTags(ctx.db, slice);
  withSliceLink(c, slice, found.length);
  return c.json(await showTags(ctx, viewer, found));
}
