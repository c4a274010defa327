import { type Context, Hono } from "hono";
import { getPath } from "hono/utils/url";
import type { Access, Common, Method, Route } from "../auth/access.ts";
import { checkCsrf } from "../auth/csrf.ts";
import { enter } from "../auth/enter.ts";
import { countRequest } from "../auth/limits.ts";
import { isScope } from "../auth/scopes.ts";
import { prefersActivity } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import { NotFound, TooLarge } from "../base/errors.ts";
import { room } from "../base/gate.ts";
import { readInput } from "../base/input.ts";
import { clientAddress } from "../base/proxies.ts";
import { discard, type Upload } from "../base/upload.ts";
import { whoSigned } from "../delivery/who_signed.ts";
import { answerError } from "./failures.ts";
import { headersFor, isShared, preflight } from "./headers.ts";

/** What Deno tells of a connection. */
export interface Connection {
  remoteAddr?: { hostname?: string };
}

type Env = { Variables: Common; Bindings: Connection };
type HonoCall = Context<Env>;

/** Our routes as one Hono application. A route that does not say who may use it stops the start. */
export function buildApp(ctx: Ctx, routes: readonly Route[]): Hono<Env> {
  const app = new Hono<Env>({ getPath: pathOf });
  app.onError((error, c) => answerError(c.var.ctx, error, c));
  app.use((c, next) => {
    know(c, { ctx: named(ctx), input: {} });
    return next();
  });
  app.notFound(async (c) => {
    const { ctx } = c.var;
    // Members find their way on from there, so the page has to know who they are.
    if (!isShared(c.req.path)) know(c, await enter(ctx, c, { kind: "visitor" }));
    return answerError(ctx, new NotFound("There is nothing here"), c);
  });
  app.options("*", preflight);
  const byAddress = Map.groupBy(routes, ({ method, path }) => `${method} ${path}`);
  for (const [address, sharing] of byAddress) {
    sharing.forEach(declared);
    if (sharing.filter(isDocument).length > 1 || sharing.filter((route) => !isDocument(route)).length > 1) {
      throw new Error(`Two routes answer ${address}`);
    }
    const [{ method, path }] = sharing as [Route];
    for (const one of methodsOf(method)) app.on(one, path, (c) => answer(wanted(sharing, c), c));
  }
  return app;
}

/** Of a page and a document at one address the one that is asked for. */
function wanted(sharing: Route[], c: HonoCall): Route {
  if (sharing.length === 1) return sharing[0]!;
  c.header("vary", "Accept");
  const wantsDocument = prefersActivity(c.req.header("accept"));
  return sharing.find((route) => isDocument(route) === wantsDocument)!;
}

function isDocument({ access }: Route): boolean {
  return access.kind === "server";
}

/** Answers name their request: whoever shows us that name leads us to what the log says of it. */
function named(ctx: Ctx): Ctx {
  const requestId = crypto.randomUUID(); // never one that was sent along: what is in our log is ours
  return { ...ctx, requestId, log: ctx.log.with({ request: requestId }) };
}

async function answer(route: Route, c: HonoCall): Promise<Response> {
  const { ctx } = c.var;
  const peer = c.env?.remoteAddr?.hostname ?? "";
  const address = clientAddress(c.req.raw.headers, peer, ctx.config.trustedProxies);
  know(c, { address });
  const entered = await identity(ctx, route, c).catch(async (refusal) => {
    await countRequest(c, route); // who guesses at tokens is counted, too
    throw refusal;
  });
  if (entered instanceof Response) return entered;
  know(c, { ...entered, me: entered.viewer });
  if (entered.member) know(c, { ctx: { ...ctx, isForMember: true } });
  await countRequest(c, route);
  if (hasInput(route, c.req.raw) && route.takesFiles) return await withFiles(ctx, route, c);
  if (hasInput(route, c.req.raw)) know(c, { input: await readInput(c.req.raw) });
  return await handle(ctx, route, c);
}

async function handle(ctx: Ctx, route: Route, c: HonoCall): Promise<Response> {
  if (isForm(route)) checkCsrf(c);
  const response = await route.handle(c);
  headersFor(ctx, route, response.headers);
  return response;
}

/** Of all requests that bring files, so much lies on disk at the most until they are done with. */
const roomForFiles = room(512 * 1024 * 1024);

/** The same for a request that may bring files: what nobody has moved elsewhere is gone when it ends. */
async function withFiles(ctx: Ctx, route: Route, c: HonoCall): Promise<Response> {
  const maxBytes = route.takesFiles!;
  const length = Number(c.req.header("content-length") ?? maxBytes);
  if (length > maxBytes + 1_000_000) throw new TooLarge();
  const giveBack = roomForFiles(length);
  const taken: Upload[] = [];
  try {
    const folder = await ctx.files.incoming();
    know(c, { input: await readInput(c.req.raw, { files: { maxBytes, folder, taken } }) });
    return await handle(ctx, route, c);
  } finally {
    await discard(taken);
    giveBack();
  }
}

/** Some programs write the @ in a profile's address as %40. */
function pathOf(request: Request): string {
  return getPath(request).replace("%40", "@");
}

/** Who asks. Servers sign what they send; the signature of what they post is about its body, and left to the handler. */
function identity(ctx: Ctx, route: Route, c: HonoCall): ReturnType<typeof enter> {
  return isDocument(route) && route.method === "GET" ? whoSigned(ctx, c) : enter(ctx, c, route.access);
}

/** Puts these among what handlers find in `c.var`. */
function know(c: HonoCall, more: object): void {
  for (const [name, value] of Object.entries(more)) c.set(name as keyof Common, value);
}

/** What browsers send from our pages: it must prove that it came from there. */
function isForm({ method, access }: Route): boolean {
  return method !== "GET" && (access.kind === "visitor" || access.kind === "browser");
}

function hasInput(route: Route, request: Request): boolean {
  if (isDocument(route) && route.method !== "GET") return false;
  return request.url.includes("?") || (request.method !== "GET" && request.method !== "HEAD");
}

/** Rails, and with it every client, takes PUT and PATCH for the same. */
function methodsOf(method: Method): Method[] {
  return method === "PUT" || method === "PATCH" ? ["PUT", "PATCH"] : [method];
}

const kinds = new Set<Access["kind"]>(["open", "server", "anyone", "app", "member", "visitor", "browser"]);

function declared(route: Route): void {
  const access = route.access as Access | undefined;
  if (!access || !kinds.has(access.kind)) {
    throw new Error(`${route.method} ${route.path} does not say who may use it: see auth/access.ts`);
  }
  for (const scope of "scopes" in access ? access.scopes : []) {
    if (!isScope(scope)) throw new Error(`${route.method} ${route.path} names an unknown scope: ${scope}`);
  }
}
