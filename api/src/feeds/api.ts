import { z } from "zod";
import { accountById } from "../accounts/store.ts";
import { anyone, type Call, member, type Route } from "../auth/access.ts";
import { withLink } from "../auth/links.ts";
import { cardOfUrl } from "../cards/store.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { type Page, postLimits, readPage } from "../base/page.ts";
import { bool, listOf, parse, text } from "../base/schema.ts";
import { normaliseTag } from "../base/text.ts";
import { ownList } from "../lists/own.ts";
import { showPosts } from "../posts/entity.ts";
import { accountFeed, pinnedFeed } from "./account.ts";
import { linkFeed } from "./link.ts";
import { home } from "./home.ts";
import { listFeed } from "./list.ts";
import { type Choice, publicFeed } from "./public.ts";
import { tagFeed } from "./tag.ts";

const choice = z.object({
  local: bool.default(false),
  remote: bool.default(false),
  only_media: bool.default(false),
});

const tagged = choice.extend({
  any: listOf(text(200)).default([]),
  all: listOf(text(200)).default([]),
  none: listOf(text(200)).default([]),
});

const ofAccount = z.object({
  only_media: bool.default(false),
  exclude_replies: bool.default(false),
  exclude_reblogs: bool.default(false),
  pinned: bool.default(false),
  tagged: text(200).optional(),
});

/** Mastodon's timelines: each is a list of ids that `showPosts` gives a face. */
export const api: Route[] = [
  member("GET", "/api/v1/timelines/home", "read:statuses", async (c) => {
    const { ctx, me } = c.var;
    const page = readPage(c.var.input, postLimits);
    return answer(c, page, await home(ctx.db, me, page));
  }),

  anyone("GET", "/api/v1/timelines/public", "read:statuses", async (c) => {
    const { ctx, viewer, input } = c.var;
    const page = readPage(input, postLimits);
    const asked = parse(choice, input);
    return answer(c, page, await publicFeed(ctx.db, viewer, chosen(asked), page));
  }),

  anyone("GET", "/api/v1/timelines/tag/:hashtag", "read:statuses", async (c) => {
    const { ctx, viewer, input } = c.var;
    const page = readPage(input, postLimits);
    const asked = parse(tagged, input);
    const tags = {
      any: [c.req.param("hashtag") ?? "", ...asked.any].map(normaliseTag),
      all: [...new Set(asked.all.map(normaliseTag))],
      none: asked.none.map(normaliseTag),
    };
    return answer(c, page, await tagFeed(ctx.db, viewer, tags, chosen(asked), page));
  }),

  member("GET", "/api/v1/timelines/list/:id", "read:lists", async (c) => {
    const { ctx, me, input } = c.var;
    const page = readPage(input, postLimits);
    return answer(c, page, await listFeed(ctx.db, me, await ownList(c), page));
  }),

  anyone("GET", "/api/v1/timelines/link", "read:statuses", async (c) => {
    const { ctx, viewer, input } = c.var;
    const page = readPage(input, postLimits);
    const { url } = parse(z.object({ url: text(10_000) }), input);
    const cardId = await cardOfUrl(ctx.db, url);
    if (!cardId) throw new NotFound();
    return answer(c, page, await linkFeed(ctx.db, viewer, cardId, page));
  }),

  anyone("GET", "/api/v1/accounts/:id/statuses", "read:statuses", async (c) => {
    const { ctx, viewer, input } = c.var;
    const id = c.req.param("id") ?? "";
    const account = isId(id) ? await accountById(ctx.db, id) : undefined;
    if (!account) throw new NotFound();
    const page = readPage(input, postLimits);
    const asked = parse(ofAccount, input);
    if (asked.pinned) return c.json(await showPosts(ctx, viewer, await pinnedFeed(ctx.db, viewer, id)));
    const ids = await accountFeed(ctx.db, viewer, id, {
      excludesReplies: asked.exclude_replies,
      excludesBoosts: asked.exclude_reblogs,
      onlyMedia: asked.only_media,
      tag: asked.tagged === undefined ? undefined : normaliseTag(asked.tagged),
    }, page);
    return answer(c, page, ids);
  }),
];

/** Both or neither of the first two flags is everything. */
function chosen({ local, remote, only_media: onlyMedia }: z.output<typeof choice>): Choice {
  const origin = local === remote ? "everywhere" : local ? "here" : "elsewhere";
  return { origin, onlyMedia };
}

async function answer(c: Call, page: Page, ids: string[]): Promise<Response> {
  withLink(c, page, ids);
  return c.json(await showPosts(c.var.ctx, c.var.viewer, ids));
}
