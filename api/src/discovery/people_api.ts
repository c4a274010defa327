import { z } from "zod";
import { showAccounts } from "../accounts/entity.ts";
import { anyone, type Call, type Known, member, type Route } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { accountLimits, readLimit, readSlice } from "../base/page.ts";
import { bool, parse } from "../base/schema.ts";
import { directory, dismissSuggestion, type Suggestion, suggestionsFor } from "./people_store.ts";
import { showSuggestions } from "./suggestion_entity.ts";

const wish = z.object({
  // Whatever else is said means the usual order, as on Mastodon.
  order: z.enum(["active", "new"]).catch("active"),
  local: bool.default(false),
});

/** Mastodon's endpoints for getting to know people: the directory, and whom one might want to follow. */
export const api: Route[] = [
  anyone("GET", "/api/v1/directory", [], async (c) => {
    const { ctx, viewer, input } = c.var;
    const { order, local: isLocal } = parse(wish, input);
    const found = await directory(ctx.db, viewer, { order, isLocal }, readSlice(input, accountLimits));
    return c.json(await showAccounts(ctx, found));
  }),

  member("GET", "/api/v1/suggestions", "read", async (c) => {
    const found = await suggested(c);
    return c.json(await showAccounts(c.var.ctx, found.map(({ id }) => id)));
  }),
  member("GET", "/api/v2/suggestions", "read", async (c) => {
    return c.json(await showSuggestions(c.var.ctx, await suggested(c)));
  }),

  member("DELETE", "/api/v1/suggestions/:id", "read", async (c) => {
    const { ctx, me } = c.var;
    const id = c.req.param("id") ?? "";
    if (!isId(id)) throw new NotFound();
    await dismissSuggestion(ctx.db, me.id, id);
    return c.json({});
  }),
];

async function suggested(c: Call<Known>): Promise<Suggestion[]> {
  const { ctx, me, input } = c.var;
  return await suggestionsFor(ctx.db, me, readLimit(input.limit, accountLimits));
}
