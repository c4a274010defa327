import { z } from "zod";
import { member, type Route } from "../auth/access.ts";
import { withLink } from "../auth/links.ts";
import { type Limits, readPage } from "../base/page.ts";
import { parse, text } from "../base/schema.ts";
import { blockDomain, unblockDomain } from "./block_domain.ts";
import { countTies, domainsBlockedBy } from "./domain_block_store.ts";

const path = "/api/v1/domain_blocks";
const limits: Limits = { usual: 100, most: 200 };

/** A server's name as the handles of its people have it: in lower case and ASCII. */
const domain = text(1000).transform((typed) => URL.parse(`http://${typed.trim()}`))
  .refine((url) => url !== null && url.href === `http://${url.host}/`, "is invalid")
  .transform((url) => url!.host);
const named = z.object({ domain });

/** Mastodon's endpoints about servers that a member keeps away. */
export const api: Route[] = [
  member("GET", path, "read:blocks", async (c) => {
    const { ctx, me, input } = c.var;
    const page = readPage(input, limits);
    const blocked = await domainsBlockedBy(ctx.db, me.id, page);
    withLink(c, page, blocked.map(({ cursor }) => cursor), "since_id");
    return c.json(blocked.map(({ domain }) => domain));
  }),

  member("POST", path, "write:blocks", async (c) => {
    const { ctx, me, input } = c.var;
    await blockDomain(ctx, me, parse(named, input).domain);
    return c.json({});
  }),

  member("DELETE", path, "write:blocks", async (c) => {
    const { ctx, me, input } = c.var;
    await unblockDomain(ctx, me, parse(named, input).domain);
    return c.json({});
  }),

  member("GET", `${path}/preview`, "read:blocks", async (c) => {
    const { ctx, me, input } = c.var;
    const ties = await countTies(ctx.db, me.id, parse(named, input).domain);
    return c.json({ following_count: ties.following, followers_count: ties.followers });
  }),
];
