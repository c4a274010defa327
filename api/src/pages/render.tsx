import type { Instance } from "@riff/web/base/entities.ts";
import type { HeadProps } from "@riff/web/base/Head.tsx";
import type { Notice, Page, Viewer } from "@riff/web/base/page.tsx";
import { renderPage } from "@riff/web/base/render.tsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ComponentChildren } from "preact";
import type { Call } from "../auth/access.ts";
import { toCredentials } from "../auth/credentials.ts";
import { csrfToken } from "../auth/csrf.ts";
import { countFollowRequests } from "../auth/store.ts";
import { type Messages, messages, pickLocale } from "../base/messages.ts";
import { takesFilm } from "../instance/about.ts";
import { toInstance } from "../instance/entity.ts";
import { instance } from "../instance/store.ts";
import { kinds } from "../notifications/notification.ts";
import { countUnread } from "../notifications/store.ts";
import { stylesheet } from "./assets.ts";
import { wayBack } from "./back.ts";

/** What a page says beside itself. */
export interface PageOptions extends HeadProps {
  status?: ContentfulStatusCode;
  /** One line on top. */
  notice?: Notice;
  /** The language, where the request names one. Default: the member's, or what the browser asks for. */
  locale?: string;
  /** Where this page stands. Default: where the request leads; for a form, where that stood. */
  path?: string;
  /** What this page knows better about the server, such as whom to write to. */
  instance?: Partial<Instance>;
}

/** Answers with a whole page around one of the web client's `...Page` components. */
export async function render(c: Call, content: ComponentChildren, options: PageOptions): Promise<Response> {
  const { status = 200, notice, locale, path = pathOf(c), instance: known, ...head } = options;
  const { ctx } = c.var;
  const csrf = csrfToken(c);
  const [about, viewer, film] = await Promise.all([instance(ctx.db), viewerOf(c), takesFilm(ctx)]);
  let holdsForm = false;
  const page: Page = {
    t: locale ? messages(locale) : wordsFor(c),
    now: ctx.now(),
    instance: { ...toInstance(ctx, about, null, film), ...known },
    viewer,
    // A visitor gets a cookie only where there is a form that needs it.
    get csrf() {
      holdsForm = true;
      return csrf.token;
    },
    path,
    notice,
  };
  const html = renderPage({ page, head, stylesheet: stylesheet.path, children: content });
  if (holdsForm) csrf.remember();
  return c.html(html, status);
}

/** The language in which to answer this request. */
export function localeOf(c: Call): string {
  return c.var.member?.locale ?? pickLocale(c.req.header("accept-language"));
}

/** The words of that language. */
export function wordsFor(c: Call): Messages {
  return messages(localeOf(c));
}

/** More than this is told as "99+", so it need not be counted. */
const mostUnread = 100;

async function viewerOf(c: Call): Promise<Viewer | undefined> {
  const { ctx, viewer, member } = c.var;
  if (!viewer || !member) return undefined;
  const [followRequests, unreadNotifications] = await Promise.all([
    countFollowRequests(ctx.db, viewer.id),
    countUnread(ctx.db, viewer.id, { kinds }, mostUnread),
  ]);
  return {
    account: toCredentials(ctx, viewer, member, followRequests),
    unreadNotifications,
    followRequests,
  };
}

function pathOf(c: Call): string {
  const { pathname, search } = new URL(c.req.url);
  return (c.req.method === "POST" ? wayBack(c) : undefined) ?? pathname + search;
}
