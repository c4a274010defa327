import { Forbidden } from "../base/errors.ts";
import { randomToken, timingSafeEqual } from "../base/secrets.ts";
import type { Call } from "./access.ts";
import { readCookie, writeCookie } from "./cookies.ts";

/** Protection against forged requests: only a page of ours can know the token that its forms carry. */

/** What the forms of one page carry. */
export interface CsrfToken {
  token: string;
  /** Sees to it that this browser is known again; to be called if a form of the page holds the token. */
  remember(): void;
}

/** The token for this browser's forms: of its session, or for visitors of a random cookie. */
export function csrfToken(c: Call): CsrfToken {
  const known = holderOf(c);
  if (known) return { token: tokenFor(c, known), remember: () => {} };
  const cookie = randomToken(c.var.ctx.random);
  return {
    token: tokenFor(c, visitorBy(cookie)),
    remember: () => writeCookie(c, "riff_visitor", cookie),
  };
}

/**
 * Refuses a form that no page of ours made: one from another site, or with another browser's token. To be
 * called for each `POST` of a page, once its input is read.
 */
export function checkCsrf(c: Call): void {
  const holder = holderOf(c);
  const sent = c.var.input.csrf;
  const isOurs = holder !== undefined && typeof sent === "string" && comesFromHere(c) &&
    timingSafeEqual(sent, tokenFor(c, holder));
  if (!isOurs) throw new Forbidden("This form is too old, or not ours");
}

/** What the token is tied to; nothing where this browser has not been here. */
function holderOf(c: Call): string | undefined {
  if (c.var.session) return `session ${c.var.session.id}`;
  const cookie = readCookie(c, "riff_visitor");
  return cookie && visitorBy(cookie);
}

/** Told apart from sessions: whoever writes a session's id into the cookie learns nothing of its token. */
function visitorBy(cookie: string): string {
  return `visitor ${cookie}`;
}

function tokenFor(c: Call, holder: string): string {
  return c.var.ctx.secrets.mac(holder, "csrf");
}

/** Browsers say where a request comes from; those that do not are left to the token. */
function comesFromHere(c: Call): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site) return site === "same-origin" || site === "none";
  const origin = c.req.header("origin");
  return origin === undefined || origin === c.var.ctx.config.baseUrl;
}
