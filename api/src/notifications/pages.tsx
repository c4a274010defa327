import { actions, paths } from "@riff/web/base/paths.ts";
import { NotificationsPage } from "@riff/web/notifications/NotificationsPage.tsx";
import { browser, type Route } from "../auth/access.ts";
import { isOlder } from "../base/ids.ts";
import { readPage } from "../base/page.ts";
import { neighbours } from "../pages/neighbours.ts";
import { render, wordsFor } from "../pages/render.tsx";
import { sifted } from "../posts/sift.ts";
import { showNotifications } from "./entity.ts";
import { markersOf } from "./marker_store.ts";
import { kinds } from "./notification.ts";
import { readUpTo } from "./read_up_to.ts";
import { countWaiting } from "./request_store.ts";
import { deleteAllNotifications, notificationsOf } from "./store.ts";

const limits = { usual: 20, most: 40 };

/** What others did, page by page. */
export const pages: Route[] = [
  browser("GET", paths.notifications, async (c) => {
    const { ctx, me, input } = c.var;
    const page = readPage(input, limits);
    const found = await notificationsOf(ctx.db, me.id, { kinds }, page);
    const ids = found.map(({ id }) => id);
    const marker = (await markersOf(ctx.db, me.id, ["notifications"])).get("notifications");
    const unread = ids.filter((id) => !marker || isOlder(marker.lastReadId, id));
    // Whoever sees the latest has read them all: the number in the navigation goes with this very page.
    if (unread[0]) await readUpTo(ctx, me, new Map([["notifications", { lastReadId: unread[0] }]]));
    const notifications = (await showNotifications(ctx, me, found)).flatMap((notification) => {
      if (!notification.status) return notification;
      const status = sifted(notification.status, me, "notifications");
      return status ? { ...notification, status } : [];
    });
    const { requests: kept } = await countWaiting(ctx.db, me.id);
    const beside = neighbours(c, page, ids);
    return render(c, <NotificationsPage {...{ notifications, unread, kept }} {...beside} />, {
      title: wordsFor(c).notifications.title,
      noindex: true,
    });
  }),

  browser("POST", actions.clearNotifications, async (c) => {
    await deleteAllNotifications(c.var.ctx.db, c.var.me.id);
    return c.redirect(paths.notifications, 303);
  }),
];
