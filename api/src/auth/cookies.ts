import { generateCookie } from "hono/cookie";
import { type CookieOptions, parse } from "hono/utils/cookie";
import type { Call } from "./access.ts";

/** Our cookies: readable by this server alone, never by scripts, and not sent along with forms from elsewhere. */

/** Seconds that a session lasts without being used, and that a browser keeps our cookies. */
export const cookieLifetime = 30 * 24 * 60 * 60;

type Name = "riff_session" | "riff_visitor" | "riff_device";

export function readCookie(c: Call, name: Name): string | undefined {
  const known = isSecure(c) ? `__Host-${name}` : name;
  return parse(c.req.header("cookie") ?? "", known)[known];
}

export function writeCookie(c: Call, name: Name, value: string, lifetime = cookieLifetime): void {
  send(c, name, value, lifetime);
}

export function dropCookie(c: Call, name: Name): void {
  send(c, name, "", 0);
}

function send(c: Call, name: Name, value: string, maxAge: number): void {
  const secure = isSecure(c);
  const options: CookieOptions = { path: "/", httpOnly: true, sameSite: "Lax", secure, maxAge };
  const cookie = generateCookie(name, value, secure ? { ...options, prefix: "host" } : options);
  c.header("set-cookie", cookie, { append: true });
}

/**
 * A `__Host-` cookie can't be set by another host of the same domain, but browsers take it only over https
 * and on localhost. Where a server is tried out over plain http, the name goes without.
 */
function isSecure(c: Call): boolean {
  const { protocol, hostname } = new URL(c.var.ctx.config.baseUrl);
  return protocol === "https:" || hostname === "localhost";
}
