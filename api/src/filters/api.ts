import { z } from "zod";
import { member, type Route } from "../auth/access.ts";
import { Invalid } from "../base/errors.ts";
import { bool, id, parse } from "../base/schema.ts";
import { visiblePost } from "../posts/show_store.ts";
import { addKeyword, changeFilter, createFilter } from "./change.ts";
import { toFilter, toFilteredPost, toKeyword } from "./entity.ts";
import { deleteFilteredPost, deleteKeyword, insertFilteredPost, updateKeyword } from "./part_store.ts";
import { keyword, readFilter, readFilterChange } from "./read.ts";
import { ownFilter, ownFilteredPost, ownKeyword } from "./own.ts";
import { deleteFilter, filtersOf } from "./store.ts";

const path = "/api/v2/filters";
/** Before the word `keywords` or `statuses` counts as a filter's id. */
const one = `${path}/:id{[0-9]+}`;

const newKeyword = z.object({ keyword, whole_word: bool.default(true) });
const keywordChange = z.object({ keyword: keyword.optional(), whole_word: bool.optional() });

/** Mastodon's endpoints about filters. */
export const api: Route[] = [
  member("GET", path, "read:filters", async (c) => {
    return c.json((await filtersOf(c.var.ctx.db, c.var.me.id)).map(toFilter));
  }),

  member("POST", path, "write:filters", async (c) => {
    const { ctx, me, input } = c.var;
    const { fields, keywords } = readFilter(ctx, input);
    return c.json(toFilter(await createFilter(ctx, me, fields, keywords)));
  }),

  member("GET", one, "read:filters", async (c) => c.json(toFilter(await ownFilter(c)))),

  member("PUT", one, "write:filters", async (c) => {
    const { ctx, me, input } = c.var;
    const filter = await ownFilter(c);
    const { fields, keywords } = readFilterChange(ctx, input);
    return c.json(toFilter(await changeFilter(ctx, me, filter, fields, keywords)));
  }),

  member("DELETE", one, "write:filters", async (c) => {
    await deleteFilter(c.var.ctx.db, (await ownFilter(c)).id);
    return c.json({});
  }),

  member(
    "GET",
    `${one}/keywords`,
    "read:filters",
    async (c) => c.json(toFilter(await ownFilter(c)).keywords),
  ),

  member("POST", `${one}/keywords`, "write:filters", async (c) => {
    const { ctx, me, input } = c.var;
    const { id: filterId } = await ownFilter(c);
    const asked = parse(newKeyword, input);
    const fields = { keyword: asked.keyword, wholeWord: asked.whole_word };
    return c.json(toKeyword({ id: await addKeyword(ctx, me, filterId, fields), ...fields }));
  }),

  member("GET", `${path}/keywords/:id`, "read:filters", async (c) => {
    return c.json(toKeyword((await ownKeyword(c)).keyword));
  }),

  member("PUT", `${path}/keywords/:id`, "write:filters", async (c) => {
    const { keyword } = await ownKeyword(c);
    const asked = parse(keywordChange, c.var.input);
    await updateKeyword(c.var.ctx.db, keyword.id, { ...asked, wholeWord: asked.whole_word });
    return c.json(toKeyword((await ownKeyword(c)).keyword));
  }),

  member("DELETE", `${path}/keywords/:id`, "write:filters", async (c) => {
    await deleteKeyword(c.var.ctx.db, (await ownKeyword(c)).keyword.id);
    return c.json({});
  }),

  member(
    "GET",
    `${one}/statuses`,
    "read:filters",
    async (c) => c.json(toFilter(await ownFilter(c)).statuses),
  ),

  member("POST", `${one}/statuses`, "write:filters", async (c) => {
    const { ctx, me, input } = c.var;
    const filter = await ownFilter(c);
    const asked = parse(z.object({ status_id: id }), input);
    const post = await visiblePost(ctx.db, me, asked.status_id);
    if (!post) throw new Invalid("Validation failed: Status must exist");
    const made = await insertFilteredPost(ctx.db, filter.id, post.id);
    if (!made) throw new Invalid("Validation failed: Status has already been taken");
    return c.json(toFilteredPost({ id: made, postId: post.id }));
  }),

  member("GET", `${path}/statuses/:id`, "read:filters", async (c) => {
    return c.json(toFilteredPost(await ownFilteredPost(c)));
  }),

  member("DELETE", `${path}/statuses/:id`, "write:filters", async (c) => {
    const filtered = await ownFilteredPost(c);
    await deleteFilteredPost(c.var.ctx.db, filtered.id);
    return c.json(toFilteredPost(filtered));
  }),
];
