import { showAccounts } from "../accounts/entity.ts";
import { anyone, type Route } from "../auth/access.ts";
import type { Ctx } from "../base/ctx.ts";
import { aboutInstance, takesFilm } from "./about.ts";
import { toInstance, toInstanceV1, toRules } from "./entity.ts";
import { contactAccountId, instance } from "./store.ts";

/** Mastodon's endpoints about the server itself. They are the same for everybody. */
export const api: Route[] = [
  anyone("GET", "/api/v1/instance", [], async (c) => {
    const { ctx } = c.var;
    return c.json(toInstanceV1(ctx, await aboutInstance(ctx), await contact(ctx), await takesFilm(ctx)));
  }),
  anyone("GET", "/api/v2/instance", [], async (c) => {
    const { ctx } = c.var;
    return c.json(toInstance(ctx, await aboutInstance(ctx), await contact(ctx), await takesFilm(ctx)));
  }),
  anyone("GET", "/api/v1/instance/rules", [], async (c) => c.json(toRules(await instance(c.var.ctx.db)))),
];

async function contact(ctx: Ctx) {
  const id = await contactAccountId(ctx.db);
  return id ? (await showAccounts(ctx, [id]))[0] ?? null : null;
}
