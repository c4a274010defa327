import { member, type Route } from "../auth/access.ts";
import { transaction } from "../base/db.ts";
import { Invalid } from "../base/errors.ts";
import { changeFilter, createFilter } from "./change.ts";
import { toLegacyFilter } from "./entity.ts";
import { ownKeyword } from "./own.ts";
import { deleteKeyword } from "./part_store.ts";
import { readLegacyChange, readLegacyFilter } from "./read.ts";
import { deleteFilter, filtersOf } from "./store.ts";

const path = "/api/v1/filters";

/** Mastodon's endpoints about filters before 4.0: each keyword is one, by its own id. */
export const api: Route[] = [
  member("GET", path, "read:filters", async (c) => {
    const filters = await filtersOf(c.var.ctx.db, c.var.me.id);
    return c.json(
      filters.flatMap((filter) => filter.keywords.map((keyword) => toLegacyFilter(filter, keyword))),
    );
  }),

  member("POST", path, "write:filters", async (c) => {
    const { ctx, me, input } = c.var;
    const { fields, keyword } = readLegacyFilter(ctx, input);
    const filter = await createFilter(ctx, me, fields, [keyword]);
    return c.json(toLegacyFilter(filter, filter.keywords[0]!));
  }),

  member("GET", `${path}/:id`, "read:filters", async (c) => {
    const { filter, keyword } = await ownKeyword(c);
    return c.json(toLegacyFilter(filter, keyword));
  }),

  member("PUT", `${path}/:id`, "write:filters", async (c) => {
    const { ctx, me, input } = c.var;
    const { filter, keyword } = await ownKeyword(c);
    const { fields, keyword: words } = readLegacyChange(ctx, input);
    if (filter.keywords.length > 1 && changesMore(filter, fields)) {
      throw new Invalid(
        "These parameters cannot be changed from this application because they apply to more than one filter " +
          "keyword. Use a more recent application or the web interface.",
      );
    }
    const changed = await changeFilter(ctx, me, filter, fields, [{ id: keyword.id, ...words }]);
    return c.json(toLegacyFilter(changed, changed.keywords.find(({ id }) => id === keyword.id)!));
  }),

  /** With its last keyword a filter goes that names no posts either: these apps could not see what is left. */
  member("DELETE", `${path}/:id`, "write:filters", async (c) => {
    const { filter, keyword } = await ownKeyword(c);
    await transaction(c.var.ctx, async ({ db }) => {
      await deleteKeyword(db, keyword.id);
      if (filter.keywords.length === 1 && filter.posts.length === 0) await deleteFilter(db, filter.id);
    });
    return c.json({});
  }),
];

/** Whether any of these fields would become different. */
function changesMore(filter: object, fields: object): boolean {
  const present: Record<string, unknown> = { ...filter };
  return Object.entries(fields).some(([name, value]) => String(present[name]) !== String(value));
}
