import { z } from "zod";
import { showLinked } from "../collections/linked.ts";
import { showAccounts } from "../accounts/entity.ts";
import { anyone, type Call, member, type Route } from "../auth/access.ts";
import { BadRequest, Unauthorized } from "../base/errors.ts";
import { accountLimits, type Limits, readPage, readSlice } from "../base/page.ts";
import { bool, id, parse, text } from "../base/schema.ts";
import { showPosts } from "../posts/entity.ts";
import { search, searchPeople, type Sort, sorts } from "./search.ts";
import { showTags } from "../tags/entity.ts";

const limits: Limits = { usual: 20, most: 40 };

const wish = z.object({
  q: text(4000).optional(),
  type: text(100).optional(),
  resolve: bool.default(false),
  following: bool.default(false),
  account_id: id.optional(),
});

/** Mastodon's search. */
export const api: Route[] = [
  anyone("GET", "/api/v2/search", "read:search", async (c) => c.json(await find(c))),

  // The first version, for old apps: hashtags are names there.
  member("GET", "/api/v1/search", "read:search", async (c) => {
    const { hashtags, ...found } = await find(c);
    return c.json({ ...found, hashtags: hashtags.map(({ name }) => name) });
  }),

  member("GET", "/api/v1/accounts/search", "read:accounts", async (c) => {
    const { ctx, me, input } = c.var;
    const { q, following: followed, resolve: asks } = parse(wish, input);
    const slice = readSlice(input, accountLimits);
    const found = await searchPeople(ctx, me, required(q), slice, { followed, asks });
    return c.json(await showAccounts(ctx, found));
  }),
];

/** What is asked for, as the second version of the API shows it. */
async function find(c: Call) {
  const { ctx, viewer, input } = c.var;
  const { type, resolve, following, account_id, ...asked } = parse(wish, input);
  const slice = readSlice(input, limits);
  if (!viewer && slice.offset > 0) {
    throw new Unauthorized("Search queries pagination is not supported without authentication");
  }
  if (!viewer && resolve) {
    throw new Unauthorized(
      "Search queries that resolve remote resources are not supported without authentication",
    );
  }
  const wanted = new Set<Sort>(type ? sorts.filter((sort) => sort === type) : sorts);
  const { limit: _, ...between } = readPage(input, limits);
  const manner = { asks: resolve, followed: following && !!viewer, authorId: account_id, between };
  const found = await search(ctx, viewer, required(asked.q), wanted, slice, manner);
  return {
    accounts: await showAccounts(ctx, found.accountIds),
    statuses: await showPosts(ctx, viewer, found.postIds),
    hashtags: await showTags(ctx, viewer, found.tags),
    collections: [...(await showLinked(ctx, viewer, found.collectionIds)).values()],
  };
}

function required(q: string | undefined): string {
  if (!q?.trim()) throw new BadRequest("The parameter q is missing");
  return q;
}
