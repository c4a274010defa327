import { z } from "zod";
import type { Account } from "../accounts/account.ts";
import { type Call, type Known, member, type Route } from "../auth/access.ts";
import { withLink } from "../auth/links.ts";
import type { Ctx } from "../base/ctx.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { accountLimits, readPage } from "../base/page.ts";
import { ids, parse } from "../base/schema.ts";
import type { Request } from "./policy.ts";
import { showRequests } from "./request_entity.ts";
import { requestsById, requestsOf } from "./request_store.ts";
import { acceptRequests, dismissRequests } from "./requests.ts";

/** Mastodon's endpoints for whose notifications were kept back. */
export const api: Route[] = [
  member("GET", "/api/v1/notifications/requests", "read:notifications", async (c) => {
    const { ctx, me, input } = c.var;
    const page = readPage(input, accountLimits);
    const found = await requestsOf(ctx.db, me.id, page);
    withLink(c, page, found.map(({ id }) => id));
    return c.json(await showRequests(ctx, me, found));
  }),

  // What is accepted is there at once: nothing is ever still on its way.
  member(
    "GET",
    "/api/v1/notifications/requests/merged",
    "read:notifications",
    (c) => c.json({ merged: true }),
  ),

  member("GET", "/api/v1/notifications/requests/:id{[0-9]+}", "read:notifications", async (c) => {
    const { ctx, me } = c.var;
    const [shown] = await showRequests(ctx, me, [await named(c)]);
    if (!shown) throw new NotFound();
    return c.json(shown);
  }),

  ...answer("accept", acceptRequests),
  ...answer("dismiss", dismissRequests),
];

type Answer = (ctx: Ctx, me: Account, requests: readonly Request[]) => Promise<void>;

/** What the member says to one of them, or to several at once: of those, who is gone is passed by. */
function answer(verb: string, does: Answer): Route[] {
  return [
    member("POST", `/api/v1/notifications/requests/${verb}`, "write:notifications", async (c) => {
      const { ctx, me, input } = c.var;
      const asked = parse(z.object({ id: ids }), input);
      await does(ctx, me, await requestsById(ctx.db, me.id, asked.id));
      return c.json({});
    }),
    member("POST", `/api/v1/notifications/requests/:id{[0-9]+}/${verb}`, "write:notifications", async (c) => {
      await does(c.var.ctx, c.var.me, [await named(c)]);
      return c.json({});
    }),
  ];
}

/** The request that the path names. */
async function named(c: Call<Known>): Promise<Request> {
  const id = c.req.param("id") ?? "";
  const [found] = isId(id) ? await requestsById(c.var.ctx.db, c.var.me.id, [id]) : [];
  if (!found) throw new NotFound();
  return found;
}
