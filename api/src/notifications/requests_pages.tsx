import { actions, paths } from "@riff/web/base/paths.ts";
import { MessageRequestsPage } from "@riff/web/notifications/MessageRequestsPage.tsx";
import type { Account } from "../accounts/account.ts";
import { browser, type Route } from "../auth/access.ts";
import type { Ctx } from "../base/ctx.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { readPage } from "../base/page.ts";
import { goBack } from "../pages/back.ts";
import { neighbours } from "../pages/neighbours.ts";
import { render, wordsFor } from "../pages/render.tsx";
import { sifted } from "../posts/sift.ts";
import type { Request } from "./policy.ts";
import { showRequests } from "./request_entity.ts";
import { requestsById, requestsOf } from "./request_store.ts";
import { acceptRequests, dismissRequests } from "./requests.ts";

const limits = { usual: 20, most: 40 };

/** Whose messages were kept back, and what the member says to that. */
export const pages: Route[] = [
  browser("GET", paths.messageRequests, async (c) => {
    const { ctx, me, input } = c.var;
    const page = readPage(input, limits);
    const found = await requestsOf(ctx.db, me.id, page);
    const requests = (await showRequests(ctx, me, found)).map(({ last_status, ...request }) => ({
      ...request,
      last_status: last_status && sifted(last_status, me, "notifications"),
    }));
    const beside = neighbours(c, page, found.map(({ id }) => id));
    return render(c, <MessageRequestsPage requests={requests} {...beside} />, {
      title: wordsFor(c).notifications.keptTitle,
      noindex: true,
    });
  }),

  answer("accept", acceptRequests),
  answer("dismiss", dismissRequests),
];

function answer(
  which: "accept" | "dismiss",
  does: (ctx: Ctx, me: Account, requests: readonly Request[]) => Promise<void>,
): Route {
  return browser("POST", actions.messageRequest(":id", which), async (c) => {
    const { ctx, me } = c.var;
    const id = c.req.param("id") ?? "";
    const found = isId(id) ? await requestsById(ctx.db, me.id, [id]) : [];
    if (found.length === 0) throw new NotFound();
    await does(ctx, me, found);
    return goBack(c, paths.messageRequests);
  });
}
