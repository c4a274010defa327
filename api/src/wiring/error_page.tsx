import type { Page } from "@riff/web/base/page.tsx";
import { renderPage } from "@riff/web/base/render.tsx";
import { ErrorPage, errorTitle } from "@riff/web/instance/ErrorPage.tsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Call } from "../auth/access.ts";
import type { Ctx } from "../base/ctx.ts";
import { toInstance } from "../instance/entity.ts";
import type { Instance } from "../instance/store.ts";
import { stylesheet } from "../pages/assets.ts";
import { render, wordsFor } from "../pages/render.tsx";

/**
 * What people see where something is not there, not allowed, or broken. Never fails itself: after a fault, and
 * where even the frame can't be made, it asks nobody anything. `message` is the refusal's own.
 */
export async function errorPage(ctx: Ctx, c: Call, status: number, message?: string): Promise<Response> {
  const title = errorTitle(wordsFor(c).errors, status);
  const content = (
    <ErrorPage
      status={status}
      message={status === 422 ? forPeople(message) : undefined}
      requestId={status >= 500 ? ctx.requestId : undefined}
    />
  );
  if (status < 500) {
    try {
      return await render(c, content, { title, noindex: true, status: status as ContentfulStatusCode });
    } catch (error) {
      ctx.log.error("The page for a refusal could not be made", { error });
    }
  }
  const page: Page = {
    t: wordsFor(c),
    now: ctx.now(),
    instance: toInstance(ctx, stranger(ctx), null),
    csrf: "",
    path: c.req.path,
  };
  const html = renderPage({ page, head: { title }, stylesheet: stylesheet.path, children: content });
  return c.html(html, status as ContentfulStatusCode);
}

/** Our catalogue says more than most refusals do, except where they are about what was sent. */
function forPeople(message: string | undefined): string | undefined {
  return message?.replace(/^Validation failed: /, "");
}

/** This server as long as nobody has asked the database about it. */
function stranger(ctx: Ctx): Instance {
  const { baseUrl, handleDomain } = ctx.config;
  return {
    baseUrl,
    handleDomain,
    title: handleDomain,
    description: "",
    contactEmail: "",
    rules: [],
    signups: "closed",
    membersCount: 0,
    postsCount: 0,
    activeMonthCount: 0,
    activeHalfYearCount: 0,
    domainsCount: 0,
    countedAt: null,
    createdAt: ctx.now(),
  };
}
