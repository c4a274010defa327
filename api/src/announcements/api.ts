import { z } from "zod";
import { type Call, member, type Route } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { bool, parse } from "../base/schema.ts";
import type { Announcement } from "./announcement.ts";
import { showAnnouncements } from "./entity.ts";
import { react, unreact } from "./react.ts";
import { announcementById, announcementsFor, insertRead } from "./store.ts";

const reactions = "/api/v1/announcements/:id/reactions/:name";

/** Mastodon's endpoints for what the admins say to all. */
export const api: Route[] = [
  member("GET", "/api/v1/announcements", [], async (c) => {
    const { ctx, me, input } = c.var;
    const { with_dismissed: dismissed } = parse(z.object({ with_dismissed: bool.default(false) }), input);
    return c.json(
      await showAnnouncements(ctx, await announcementsFor(ctx.db, me.id, { at: ctx.now(), dismissed })),
    );
  }),

  member("POST", "/api/v1/announcements/:id/dismiss", "write:accounts", async (c) => {
    const { ctx, me } = c.var;
    await insertRead(ctx.db, me.id, (await named(c)).id);
    return c.json({});
  }),

  member("PUT", reactions, "write:favourites", async (c) => {
    await react(c.var.ctx, c.var.me, await named(c), c.req.param("name") ?? "");
    return c.json({});
  }),

  member("DELETE", reactions, "write:favourites", async (c) => {
    await unreact(c.var.ctx, c.var.me, await named(c), c.req.param("name") ?? "");
    return c.json({});
  }),
];

async function named(c: Call): Promise<Announcement> {
  const id = c.req.param("id") ?? "";
  const announcement = isId(id) ? await announcementById(c.var.ctx.db, id) : undefined;
  if (!announcement) throw new NotFound();
  return announcement;
}
