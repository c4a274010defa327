import type { Ctx } from "../base/ctx.ts";
import type { Access, Call } from "./access.ts";
import { identify, type Identity } from "./guard.ts";
import { mayEnter, readSession } from "./sessions.ts";

/**
 * Who comes in by this route: for the API whoever the token says, for pages whoever is signed in. A page for
 * members answers others with the way to the sign-in. Which server asks is found out elsewhere: that takes more.
 */
export async function enter(ctx: Ctx, c: Call, access: Access): Promise<Identity | Response> {
  if (access.kind === "open" || access.kind === "server") return {};
  if (access.kind !== "visitor" && access.kind !== "browser") return await identify(ctx, c.req.raw, access);
  const holder = await readSession(c);
  if (holder && mayEnter(holder)) {
    return { session: holder.session, viewer: holder.account, member: holder.member };
  }
  if (access.kind === "visitor") return {};
  return c.redirect(holder ? waiting : signInFor(c), 303);
}

const signIn = "/auth/sign_in";
/** Says to those who have signed in what they still wait for. */
const waiting = "/auth/waiting";

/** The sign-in page that leads back here. What a form held is lost, so a form leads back to where it stood. */
function signInFor(c: Call): string {
  const { pathname, search } = new URL(c.req.url);
  return c.req.method === "GET" ? `${signIn}?next=${encodeURIComponent(pathname + search)}` : signIn;
}
