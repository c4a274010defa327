import type { Call, Route } from "../auth/access.ts";
import type { Ctx } from "../base/ctx.ts";
import { contentSecurityPolicy } from "../base/headers.ts";

/** What every answer carries, whoever made it. A header that a handler has set stays as it is. */

/** Where web apps from other origins may call us: the API, media, OAuth's back channel, discovery. */
const shared = /^\/(api\/|media\/|oauth\/(token|revoke|userinfo)$|\.well-known\/|nodeinfo\/)/;

const exposed = [
  "Link",
  "Mastodon-Async-Refresh",
  "X-RateLimit-Limit",
  "X-RateLimit-Remaining",
  "X-RateLimit-Reset",
  "X-Request-Id",
].join(", ");

/** Whether this path is spoken by programs: its errors are JSON. */
export function isShared(path: string): boolean {
  return shared.test(path);
}

/** Puts the headers of this route's kind onto its answer. */
export function headersFor(ctx: Ctx, route: Route, headers: Headers): void {
  const { kind } = route.access;
  if (isShared(route.path)) allowOrigins(headers);
  if (kind === "server") {
    usual(headers, "cache-control", "private, no-store");
    vary(headers, "Accept");
  }
  if (kind === "visitor" || kind === "browser") pageHeaders(ctx, headers);
  if (kind === "anyone" || kind === "app" || kind === "member") {
    forNobodyElse(headers);
  }
  everyAnswer(ctx, headers);
}

/** What errors and pages alike carry. */
export function everyAnswer(ctx: Ctx, headers: Headers): void {
  if (ctx.requestId) usual(headers, "x-request-id", ctx.requestId);
  usual(headers, "x-content-type-options", "nosniff");
  usual(headers, "referrer-policy", "same-origin");
  if (ctx.config.baseUrl.startsWith("https:")) {
    usual(headers, "strict-transport-security", "max-age=31536000; includeSubDomains");
  }
}

/** What pages that people look at carry. */
export function pageHeaders(ctx: Ctx, headers: Headers): void {
  usual(headers, "content-security-policy", contentSecurityPolicy(ctx.config));
  usual(headers, "x-frame-options", "DENY");
  usual(headers, "cross-origin-opener-policy", "same-origin");
  usual(headers, "permissions-policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()");
  usual(headers, "cache-control", "private, no-store");
}

/** Lets web apps from anywhere read this answer. */
export function allowOrigins(headers: Headers): void {
  usual(headers, "access-control-allow-origin", "*");
  usual(headers, "access-control-expose-headers", exposed);
}

/** What is answered to one is not kept for others. */
export function forNobodyElse(headers: Headers): void {
  usual(headers, "cache-control", "private, no-store");
  vary(headers, "Authorization, Origin");
}

/** The answer to a browser that asks whether a web app may call us. */
export function preflight(c: Call): Response {
  const response = isShared(c.req.path)
    ? c.body(null, 204, {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS",
      "access-control-allow-headers": "Authorization, Content-Type, Idempotency-Key",
      "access-control-expose-headers": exposed,
      "access-control-max-age": "86400",
    })
    : c.body(null, 405);
  everyAnswer(c.var.ctx, response.headers);
  return response;
}

/** Tells caches what else an answer depends on. */
export function vary(headers: Headers, what: string): void {
  if (!headers.get("vary")?.includes(what)) headers.append("vary", what);
}

function usual(headers: Headers, name: string, value: string): void {
  if (!headers.has(name)) headers.set(name, value);
}
