import { z } from "zod";
import { type Call, type Known, member, type Route } from "../auth/access.ts";
import { withLink } from "../auth/links.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { postLimits, readPage } from "../base/page.ts";
import { parse } from "../base/schema.ts";
import { scheduledTime } from "../posts/draft.ts";
import { showScheduled } from "./entity.ts";
import { reschedule, unschedule } from "./schedule.ts";
import type { Scheduled } from "./scheduled.ts";
import { scheduledById, scheduledOf } from "./store.ts";

/** Mastodon's endpoints about posts that wait for their time. */
export const api: Route[] = [
  member("GET", "/api/v1/scheduled_statuses", "read:statuses", async (c) => {
    const { ctx, me, input } = c.var;
    const page = readPage(input, postLimits);
    const listed = await scheduledOf(ctx.db, me.id, page);
    withLink(c, page, listed.map(({ id }) => id));
    return c.json(await showScheduled(ctx, me.id, listed));
  }),

  member("GET", "/api/v1/scheduled_statuses/:id", "read:statuses", async (c) => {
    return await answer(c, await own(c));
  }),

  ...(["PUT", "PATCH"] as const).map((method) =>
    member(method, "/api/v1/scheduled_statuses/:id", "write:statuses", async (c) => {
      const scheduled = await own(c);
      const { scheduled_at: dueAt } = parse(z.object({ scheduled_at: scheduledTime }), c.var.input);
      return await answer(c, await reschedule(c.var.ctx, scheduled, dueAt));
    })
  ),

  member("DELETE", "/api/v1/scheduled_statuses/:id", "write:statuses", async (c) => {
    await unschedule(c.var.ctx, await own(c));
    return c.json({});
  }),
];

/** The one that the path names, if it is the member's. */
async function own(c: Call<Known>): Promise<Scheduled> {
  const { ctx, me } = c.var;
  const id = c.req.param("id") ?? "";
  const scheduled = isId(id) ? await scheduledById(ctx.db, me.id, id) : undefined;
  if (!scheduled) throw new NotFound();
  return scheduled;
}

async function answer(c: Call<Known>, scheduled: Scheduled): Promise<Response> {
  const [shown] = await showScheduled(c.var.ctx, c.var.me.id, [scheduled]);
  return c.json(shown);
}
