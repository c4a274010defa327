import type { Context } from "hono";
import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Input } from "../base/input.ts";
import type { Member } from "./member.ts";
import type { Scope } from "./scopes.ts";
import type { Session } from "./sessions.ts";
import type { Token } from "./tokens.ts";

/**
 * What a door declares of each of its routes. There is no way to write a route without saying who may use it;
 * `guard.ts` enforces what stands here.
 */

/** Who may come in, and what their token must carry. */
export type Access =
  /** Machines and passers-by: nobody is asked who they are. */
  | { kind: "open" }
  /**
   * ActivityStreams for other servers. A GET may be signed or not; a bad signature is refused. What is posted has to
   * be proven by the handler, for the signature is about the body, too. Where a page has the same path, `Accept`
   * decides between them.
   */
  | { kind: "server" }
  /** API: works without a token; one that is sent must be good and carry the scope. */
  | { kind: "anyone"; scopes: readonly Scope[] }
  /** API: any good token, an app's own included. */
  | { kind: "app"; scopes: readonly Scope[] }
  /** API: a member's token that carries one of these scopes; with none named, any member's token. */
  | {
    kind: "member";
    scopes: readonly Scope[];
    /** Those, too, whose address is not confirmed, or whom nobody has let in yet. */
    evenWaiting?: true;
  }
  /** A page for everybody, signed in or not. */
  | { kind: "visitor" }
  /** A page for members: others are sent to sign in. */
  | { kind: "browser" };

/** What every handler finds in `c.var`. */
export interface Common {
  ctx: Ctx;
  /** Query and body together, nested, not yet checked. */
  input: Input;
  /** Where the request came from, as far as we trust what says so. */
  address: string;
  viewer?: Account;
  member?: Member;
  token?: Token;
  session?: Session;
  /** The actor elsewhere that signed this request. Where we know its account, that is the `viewer`. */
  sender?: string;
}

/** The same where somebody is known to be signed in. */
export interface Known extends Common {
  viewer: Account;
  /** Who asks. */
  me: Account;
  member: Member;
}

/** One request and its answer in the making: Hono's context, whose variables a handler only reads. */
export type Call<V extends object = Common> =
  & Pick<Context, "req" | "res" | "status" | "header" | "body" | "text" | "json" | "html" | "redirect">
  & { readonly var: Readonly<V> };
export type Handler<V extends object = Common> = (c: Call<V>) => Response | Promise<Response>;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One thing that we answer. */
export interface Route {
  method: Method;
  path: string;
  access: Access;
  handle: Handler;
  /** How many bytes of files a request may bring: they go to disk, as `Upload`s. Otherwise none are expected. */
  takesFiles?: number;
}

type Builder<V extends object> = (method: Method, path: string, handle: Handler<V>) => Route;
type ScopedBuilder<V extends object> = (
  method: Method,
  path: string,
  scopes: Scope | readonly Scope[],
  handle: Handler<V>,
) => Route;

function builder<V extends object>(kind: "open" | "server" | "visitor" | "browser"): Builder<V> {
  return (method, path, handle) => ({ method, path, access: { kind }, handle: handle as Handler });
}

function scopedBuilder<V extends object>(kind: "anyone" | "app" | "member"): ScopedBuilder<V> {
  return (method, path, scopes, handle) => ({
    method,
    path,
    access: { kind, scopes: typeof scopes === "string" ? [scopes] : scopes },
    handle: handle as Handler,
  });
}

/** A route that takes files with a form, up to so many bytes together. */
export function takingFiles(maxBytes: number, route: Route): Route {
  return { ...route, takesFiles: maxBytes };
}

export const open = builder<Common>("open");
export const server = builder<Common>("server");
export const visitor = builder<Common>("visitor");
export const browser = builder<Known & { session: Session }>("browser");
export const anyone = scopedBuilder<Common>("anyone");
export const app = scopedBuilder<Common & { token: Token }>("app");
export const member = scopedBuilder<Known & { token: Token }>("member");

/** The same for those, too, who wait to be let in. */
export const newcomer: typeof member = (method, path, scopes, handle) => {
  const route = member(method, path, scopes, handle);
  return { ...route, access: { ...route.access, evenWaiting: true } as Access };
};
