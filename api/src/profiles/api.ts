import { z } from "zod";
import type { Account } from "../accounts/account.ts";
import { editProfile } from "../accounts/edit_profile.ts";
import { readProfile } from "../accounts/profile_input.ts";
import { seenAccount } from "../accounts/seen.ts";
import { accountById } from "../accounts/store.ts";
import { anyone, type Call, member, type Route, takingFiles } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { parse, text } from "../base/schema.ts";
import { maxImageBytes } from "../instance/media_limits.ts";
import { showTags } from "../tags/entity.ts";
import { seenTag } from "../tags/follow.ts";
import { toFeaturedTag, toProfile } from "./entity.ts";
import { featureTag, unfeatureTag } from "./feature_tag.ts";
import { featuredTagsOf, tagsWorthFeaturing } from "./store.ts";

/** How many hashtags are proposed, as on Mastodon. */
const mostSuggestions = 10;

/** What a member shows of themselves: the profile as its owner edits it, and the hashtags on it. */
export const api: Route[] = [
  member("GET", "/api/v1/profile", ["profile", "read:accounts"], (c) => answerProfile(c, c.var.me)),

  takingFiles(
    2 * maxImageBytes,
    member("PATCH", "/api/v1/profile", "write:accounts", async (c) => {
      const { ctx, me, member, input } = c.var;
      await editProfile(ctx, me, readProfile(input), member.locale);
      return answerProfile(c, (await accountById(ctx.db, me.id))!);
    }),
  ),

  member("GET", "/api/v1/featured_tags", "read:accounts", (c) => answerFeatured(c, c.var.me)),
  anyone("GET", "/api/v1/accounts/:id/featured_tags", "read:accounts", async (c) => {
    return answerFeatured(c, await seenAccount(c.var.ctx, c.req.param("id") ?? ""));
  }),

  member("POST", "/api/v1/featured_tags", "write:accounts", async (c) => {
    const { ctx, me, input } = c.var;
    const { name } = parse(z.object({ name: text(1_000) }), input);
    return c.json(toFeaturedTag(ctx, await featureTag(ctx, me, name)));
  }),

  member("DELETE", "/api/v1/featured_tags/:id", "write:accounts", async (c) => {
    const { ctx, me } = c.var;
    const id = c.req.param("id") ?? "";
    if (!isId(id)) throw new NotFound();
    await unfeatureTag(ctx, me, { id });
    return c.json({});
  }),

  // Mastodon calls the hashtag's name an id here.
  member("POST", "/api/v1/tags/:id/feature", "write:accounts", async (c) => {
    const { ctx, me } = c.var;
    const { tag } = await featureTag(ctx, me, c.req.param("id") ?? "");
    return await answerTag(c, me, tag);
  }),
  member("POST", "/api/v1/tags/:id/unfeature", "write:accounts", async (c) => {
    const { ctx, me } = c.var;
    const tag = await seenTag(ctx, c.req.param("id") ?? "");
    await unfeatureTag(ctx, me, { tag: tag.name });
    return await answerTag(c, me, tag.name);
  }),

  member("GET", "/api/v1/featured_tags/suggestions", "read:accounts", async (c) => {
    const { ctx, me } = c.var;
    return c.json(await showTags(ctx, me, await tagsWorthFeaturing(ctx.db, me.id, mostSuggestions)));
  }),
];

async function answerProfile(c: Call, account: Account): Promise<Response> {
  const { ctx } = c.var;
  return c.json(toProfile(ctx, account, await featuredTagsOf(ctx.db, account.id)));
}

async function answerTag(c: Call, me: Account, name: string): Promise<Response> {
  const { ctx } = c.var;
  const [shown] = await showTags(ctx, me, [await seenTag(ctx, name)]);
  return c.json(shown);
}

async function answerFeatured(c: Call, account: Account): Promise<Response> {
  const { ctx } = c.var;
  const featured = account.suspendedAt ? [] : await featuredTagsOf(ctx.db, account.id);
  return c.json(featured.map((tag) => toFeaturedTag(ctx, tag)));
}
