import { TooMany } from "../base/errors.ts";
import { type Limit, spend, type Standing } from "../base/limits.ts";
import { addressPrefix } from "../base/proxies.ts";
import type { Call, Route } from "./access.ts";

/** Which rate limits a request falls under. The numbers are Mastodon's, because apps are made for them. */

const minutes = (count: number) => count * 60;

const perToken: Limit = { name: "token", most: 300, seconds: minutes(5) };
const perMember: Limit = { name: "member", most: 1_500, seconds: minutes(5) };
const perAddress: Limit = { name: "address", most: 300, seconds: minutes(5) };
const paging: Limit = { name: "paging", most: 300, seconds: minutes(15) };
const deleting: Limit = { name: "deleting", most: 30, seconds: minutes(30) };
const uploading: Limit = { name: "uploading", most: 30, seconds: minutes(30) };
const registering: Limit = { name: "registering", most: 5, seconds: minutes(10) };
const signingUp: Limit = { name: "signing up", most: 25, seconds: minutes(5) };

/** A limit, and whose counter it is. */
type Counted = [limit: Limit, who: string];

/**
 * Counts this request, once it is known who sends it, and refuses it (429) when there were too many. Tells API
 * clients how they stand, by the limit that they are closest to.
 */
export async function countRequest(c: Call, route: Route): Promise<void> {
  const { ctx } = c.var;
  const counted = limitsFor(c, route);
  if (!ctx.config.rateLimits || counted.length === 0) return;
  const standings = await Promise.all(counted.map(([limit, who]) => spend(ctx, limit, who)));
  const closest = standings.reduce((one, other) => other.remaining < one.remaining ? other : one);
  if (route.access.kind !== "visitor" && route.access.kind !== "browser") tell(c, closest);
  const refused = standings.find(({ allowed }) => !allowed);
  if (refused) throw new TooMany(undefined, refused.resetsAt);
}

function limitsFor(c: Call, route: Route): Counted[] {
  const { token, session, viewer } = c.var;
  const address = counterOf(c.var.address);
  const special = specialFor(route);
  const counted: Counted[] = special ? [[special, viewer?.id ?? address]] : [];
  if (token) counted.push([perToken, token.id]);
  else if (session) counted.push([perToken, `session ${session.id}`]);
  else if (isForStrangers(route)) counted.push([perAddress, address]);
  if (viewer) counted.push([perMember, viewer.id]);
  else if (isLaterPage(c)) counted.push([paging, address]);
  return counted;
}

/**
 * What machines fetch without being asked who they are is cheap, and many may share an address. A single server
 * may have much to tell us; what it costs to find out who it is, is counted there.
 */
function isForStrangers({ access, method }: Route): boolean {
  return access.kind !== "server" && (access.kind !== "open" || method !== "GET");
}

function specialFor({ method, path }: Route): Limit | undefined {
  if (method === "POST" && path === "/api/v1/apps") return registering;
  if (method === "POST" && /^\/(auth\/sign_up|api\/v1\/accounts)$/.test(path)) return signingUp;
  if (method === "POST" && /^\/api\/v[12]\/media$/.test(path)) return uploading;
  const deletes = method === "DELETE" && path.startsWith("/api/v1/statuses/");
  return deletes || (method === "POST" && /\/(unreblog|posts\/:\w+\/delete)$/.test(path))
    ? deleting
    : undefined;
}

function isLaterPage(c: Call): boolean {
  return /[?&](max_id|min_id|since_id|offset|page)=/.test(c.req.url);
}

/** In IPv6 a single connection has more addresses than could be counted. */
function counterOf(address: string): string {
  return address.includes(":") ? addressPrefix(address) : address;
}

/** The reset is an instant in ISO 8601 with microseconds, not a number of seconds: Mastodon.py parses it. */
function tell(c: Call, { limit, remaining, resetsAt }: Standing): void {
  c.header("x-ratelimit-limit", String(limit.most));
  c.header("x-ratelimit-remaining", String(remaining));
  c.header("x-ratelimit-reset", resetsAt.toString({ fractionalSecondDigits: 6 }));
}
