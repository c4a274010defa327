import { z } from "zod";
import { type Account, isLocal, readHandle } from "../accounts/account.ts";
import { instanceActor } from "../accounts/instance_actor.ts";
import { seenAccount, seenByHandle } from "../accounts/seen.ts";
import { accountByUri } from "../accounts/store.ts";
import { type Call, open, type Route } from "../auth/access.ts";
import { activityType } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import { BadRequest, NotFound } from "../base/errors.ts";
import { parse, text } from "../base/schema.ts";
import { aboutInstance } from "./about.ts";
import { nodeInfoSchema, type NodeInfoVersion, nodeInfoVersions, toNodeInfo } from "./nodeinfo.ts";

/** How other servers find us and who lives here: WebFinger (RFC 7033), NodeInfo, host-meta (RFC 6415). */
export const documents: Route[] = [
  open("GET", "/.well-known/webfinger", async (c) => {
    const { ctx, input } = c.var;
    const { resource } = parse(z.object({ resource: text(2_000).default("") }), input);
    if (resource === "") throw new BadRequest("The parameter resource is missing");
    return answer(c, "application/jrd+json", toJrd(ctx, await named(ctx, resource)));
  }),

  open("GET", "/.well-known/nodeinfo", (c) => {
    const { baseUrl } = c.var.ctx.config;
    const versions = nodeInfoVersions.map((one) => ({
      rel: nodeInfoSchema(one),
      href: `${baseUrl}/nodeinfo/${one}`,
    }));
    // FEP-2677: where the actor is that stands for the whole server.
    const actor = { rel: "https://www.w3.org/ns/activitystreams#Application", href: `${baseUrl}/ap/actor` };
    return answer(c, "application/json", { links: [...versions, actor] });
  }),

  ...nodeInfoVersions.map((one) => open("GET", `/nodeinfo/${one}`, (c) => nodeInfo(c, one))),

  open("GET", "/.well-known/host-meta", (c) => {
    const template = finger(c.var.ctx).replaceAll("&", "&amp;");
    c.header("content-type", "application/xrd+xml; charset=utf-8");
    c.header("cache-control", fresh);
    return c.body(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">\n' +
        `  <Link rel="lrdd" type="application/jrd+json" template="${template}"/>\n` +
        "</XRD>\n",
    );
  }),

  open("GET", "/.well-known/host-meta.json", (c) => {
    const link = { rel: "lrdd", type: "application/jrd+json", template: finger(c.var.ctx) };
    return answer(c, "application/json", { links: [link] });
  }),
];

/** Names and numbers change seldom, and nobody minds hearing of it minutes later. */
const fresh = "public, max-age=300";

function answer(c: Call, type: string, document: unknown): Response {
  c.header("content-type", `${type}; charset=utf-8`);
  c.header("cache-control", fresh);
  return c.body(JSON.stringify(document));
}

async function nodeInfo(c: Call, version: NodeInfoVersion): Promise<Response> {
  c.header("content-type", `application/json; profile="${nodeInfoSchema(version)}#"; charset=utf-8`);
  c.header("cache-control", fresh);
  return c.body(JSON.stringify(toNodeInfo(version, await aboutInstance(c.var.ctx))));
}

/** How to ask for somebody here. */
function finger(ctx: Ctx): string {
  return `${ctx.config.baseUrl}/.well-known/webfinger?resource={uri}`;
}

/**
 * Who is meant: `acct:alice@our.domain` (with the handles' domain or the server's own), an actor's id, or the
 * address of a profile; by the server's own address the actor that stands for it (FEP-d556).
 */
async function named(ctx: Ctx, resource: string): Promise<Account> {
  const url = /^https?:/i.test(resource) ? URL.parse(resource) : null;
  const account = url ? await byUrl(ctx, url) : await byHandle(ctx, resource.replace(/^acct:/i, ""));
  if (!account || !isLocal(account)) throw new NotFound();
  return account;
}

async function byUrl(ctx: Ctx, url: URL): Promise<Account | undefined> {
  const { origin, host } = new URL(ctx.config.baseUrl);
  if (url.origin !== origin) return undefined;
  if (url.pathname === "/") return await instanceActor(ctx);
  const [, name] = url.pathname.match(/^\/@([^/]+)\/?$/) ?? [];
  if (name) return await byHandle(ctx, `${name}@${host}`);
  const known = await accountByUri(ctx.db, url.href);
  return known && await seenAccount(ctx, known.id);
}

async function byHandle(ctx: Ctx, text: string): Promise<Account | undefined> {
  const handle = readHandle(text, ctx.config.handleDomain);
  const { host } = new URL(ctx.config.baseUrl);
  if (!handle || !text.slice(1).includes("@")) return undefined;
  const domain = handle.domain === host ? null : handle.domain;
  return domain === null ? await seenByHandle(ctx, { ...handle, domain }) : undefined;
}

function toJrd(ctx: Ctx, account: Account) {
  const { baseUrl, handleDomain } = ctx.config;
  return {
    subject: `acct:${account.username}@${handleDomain}`,
    aliases: [account.url, account.uri],
    links: [
      { rel: "http://webfinger.net/rel/profile-page", type: "text/html", href: account.url },
      { rel: "self", type: activityType, href: account.uri },
      // Where somebody from elsewhere is sent to follow or answer with their account here.
      { rel: "http://ostatus.org/schema/1.0/subscribe", template: `${baseUrl}/search?q={uri}` },
    ],
  };
}
