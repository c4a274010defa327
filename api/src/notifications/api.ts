import { z } from "zod";
import { timestamp } from "../accounts/entity.ts";
import { type Call, type Known, member, type Route } from "../auth/access.ts";
import { withLink } from "../auth/links.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { messages } from "../base/messages.ts";
import { readLimit, readPage } from "../base/page.ts";
import { integer, listOf, parse, text } from "../base/schema.ts";
import { readChoice, readSupported } from "./asked.ts";
import { showNotifications } from "./entity.ts";
import { withFallback } from "./fallback.ts";
import { type Marker, markersOf, type Timeline, timelines } from "./marker_store.ts";
import { listLimits, type Notification, unreadLimits } from "./notification.ts";
import { readUpTo } from "./read_up_to.ts";
import {
  countUnread,
  deleteAllNotifications,
  deleteNotification,
  notificationById,
  notificationsOf,
} from "./store.ts";

const place = z.object({
  last_read_id: text(20).refine(isId, "is invalid"),
  version: integer.optional(),
});
const places = z.object({ home: place.optional(), notifications: place.optional() });

/** Mastodon's endpoints about notifications, and about how far they and the home timeline are read. */
export const api: Route[] = [
  member("GET", "/api/v1/notifications", "read:notifications", async (c) => {
    const { ctx, me, input } = c.var;
    const page = readPage(input, listLimits);
    const found = await notificationsOf(ctx.db, me.id, readChoice(input), page);
    withLink(c, page, found.map(({ id }) => id));
    return c.json(await show(c, found));
  }),

  member("GET", "/api/v1/notifications/unread_count", "read:notifications", async (c) => {
    const { ctx, me, input } = c.var;
    const limit = readLimit(input.limit, unreadLimits);
    return c.json({ count: await countUnread(ctx.db, me.id, readChoice(input), limit) });
  }),

  member("GET", "/api/v1/notifications/:id{[0-9]+}", "read:notifications", async (c) => {
    const { ctx, me } = c.var;
    const found = await notificationById(ctx.db, me.id, named(c));
    const [shown] = found ? await show(c, [found]) : [];
    if (!shown) throw new NotFound();
    return c.json(shown);
  }),

  member("POST", "/api/v1/notifications/clear", "write:notifications", async (c) => {
    const { ctx, me } = c.var;
    await deleteAllNotifications(ctx.db, me.id);
    return c.json({});
  }),

  member("POST", "/api/v1/notifications/:id{[0-9]+}/dismiss", "write:notifications", dismiss),
  member("DELETE", "/api/v1/notifications/:id{[0-9]+}", "write:notifications", dismiss),

  member("GET", "/api/v1/markers", "read:statuses", async (c) => {
    const { ctx, me, input } = c.var;
    const asked = parse(z.object({ timeline: listOf(text(100)).default([]) }), input);
    return c.json(showMarkers(await markersOf(ctx.db, me.id, timelines.filter(among(asked.timeline)))));
  }),

  member("POST", "/api/v1/markers", "write:statuses", async (c) => {
    const { ctx, me, input } = c.var;
    const asked = parse(places, input);
    const read = timelines.flatMap((timeline) => {
      const place = asked[timeline];
      return place ? [[timeline, { lastReadId: place.last_read_id, known: place.version }] as const] : [];
    });
    return c.json(showMarkers(await readUpTo(ctx, me, new Map(read))));
  }),
];

async function show(c: Call<Known>, found: readonly Notification[]) {
  const { ctx, me, member, input } = c.var;
  const [supported, t] = [readSupported(input), messages(member.locale)];
  const shown = await showNotifications(ctx, me, found);
  return shown.map((one) => withFallback(one, one.account, supported, t));
}

async function dismiss(c: Call<Known>): Promise<Response> {
  const { ctx, me } = c.var;
  if (!await deleteNotification(ctx.db, me.id, named(c))) throw new NotFound();
  return c.json({});
}

/** The notification that the path names. */
function named(c: Call): string {
  const id = c.req.param("id") ?? "";
  if (!isId(id)) throw new NotFound();
  return id;
}

function among(names: readonly string[]): (timeline: Timeline) => boolean {
  return (timeline) => names.includes(timeline);
}

function showMarkers(markers: ReadonlyMap<Timeline, Marker>) {
  return Object.fromEntries(
    [...markers].map(([timeline, { lastReadId, version, updatedAt }]) => [timeline, {
      last_read_id: lastReadId,
      version,
      updated_at: timestamp(updatedAt),
    }]),
  );
}
