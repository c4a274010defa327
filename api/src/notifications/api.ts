import { z } from "zod";
import { timestamp } from "../accounts/entity.ts";
import { type Call, member, type Route } from "../auth/access.ts";
import { withLink } from "../auth/links.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { type Limits, readLimit, readPage } from "../base/page.ts";
import { id, integer, listOf, parse, text } from "../base/schema.ts";
import { kindOf, showNotifications } from "./entity.ts";
import { type Marker, markersOf, type Timeline, timelines } from "./marker_store.ts";
import { type Kind, kinds } from "./notification.ts";
import { readUpTo } from "./read_up_to.ts";
import {
  type Choice,
  countUnread,
  deleteAllNotifications,
  deleteNotification,
  notificationById,
  notificationsOf,
} from "./store.ts";

const limits: Limits = { usual: 40, most: 80 };
const unreadLimits: Limits = { usual: 100, most: 1000 };

const choice = z.object({
  types: listOf(text(100)).default([]),
  exclude_types: listOf(text(100)).default([]),
  account_id: id.optional(),
});

const place = z.object({
  last_read_id: text(20).refine(isId, "is invalid"),
  version: integer.optional(),
});
const places = z.object({ home: place.optional(), notifications: place.optional() });

/** Mastodon's endpoints about notifications, and about how far they and the home timeline are read. */
export const api: Route[] = [
  member("GET", "/api/v1/notifications", "read:notifications", async (c) => {
    const { ctx, me, input } = c.var;
    const page = readPage(input, limits);
    const found = await notificationsOf(ctx.db, me.id, readChoice(input), page);
    withLink(c, page, found.map(({ id }) => id));
    return c.json(await showNotifications(ctx, me, found));
  }),

  member("GET", "/api/v1/notifications/unread_count", "read:notifications", async (c) => {
    const { ctx, me, input } = c.var;
    const limit = readLimit(input.limit, unreadLimits);
    return c.json({ count: await countUnread(ctx.db, me.id, readChoice(input), limit) });
  }),

  member("GET", "/api/v1/notifications/:id{[0-9]+}", "read:notifications", async (c) => {
    const { ctx, me } = c.var;
    const found = await notificationById(ctx.db, me.id, named(c));
    const [shown] = found ? await showNotifications(ctx, me, [found]) : [];
    if (!shown) throw new NotFound();
    return c.json(shown);
  }),

  member("POST", "/api/v1/notifications/clear", "write:notifications", async (c) => {
    const { ctx, me } = c.var;
    await deleteAllNotifications(ctx.db, me.id);
    return c.json({});
  }),

  member("POST", "/api/v1/notifications/:id/dismiss", "write:notifications", async (c) => {
    const { ctx, me } = c.var;
    if (!await deleteNotification(ctx.db, me.id, named(c))) throw new NotFound();
    return c.json({});
  }),

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

/** The notification that the path names. */
function named(c: Call): string {
  const id = c.req.param("id") ?? "";
  if (!isId(id)) throw new NotFound();
  return id;
}

/** Types that nobody here knows are passed by: newer apps ask for more than there is. */
function readChoice(input: unknown): Choice {
  const asked = parse(choice, input);
  const wanted = asked.types.length > 0 ? known(asked.types) : kinds;
  const unwanted = known(asked.exclude_types);
  return { kinds: wanted.filter((kind) => !unwanted.includes(kind)), fromId: asked.account_id };
}

function known(types: readonly string[]): Kind[] {
  return types.flatMap((type) => kindOf(type) ?? []);
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
