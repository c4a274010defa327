import type { Route } from "../../src/auth/access.ts";
import { routes } from "../../src/wiring/routes.ts";
import { addressOf, readEndpoints } from "../../../scripts/api_table.ts";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { SmartRouter } from "hono/router/smart-router";
import { TrieRouter } from "hono/router/trie-router";
import { complaintsAbout } from "../entities.ts";

/**
 * Stands between apps and a server, passes everything on as it is, and holds every answer against Mastodon's tables:
 * so it does not matter with which library something was asked, or whether the story looked at the answer.
 */

/** What those of our routes answer that Mastodon's table does not list. */
const more: Record<string, string> = {
  "GET /.well-known/host-meta.json": "object",
  "GET /.well-known/security.txt": "-",
  "GET /nodeinfo/2.1": "NodeInfo",
  "GET /api/v1/emails/check_confirmation": "boolean",
  ...Object.fromEntries(
    [
      ...["PUT /api/v1/statuses/:/emoji_reactions/:", "DELETE /api/v1/statuses/:/emoji_reactions/:"],
      ...["PUT /api/v1/pleroma/statuses/:/reactions/:", "DELETE /api/v1/pleroma/statuses/:/reactions/:"],
      ...["POST /api/v1/statuses/:/react/:", "POST /api/v1/statuses/:/unreact/:"],
    ].map((address) => [address, "Status"]),
  ),
  "GET /api/v1/pleroma/statuses/:/reactions": "[Reaction]",
  "GET /api/v1/pleroma/statuses/:/reactions/:": "[Reaction]",
};

/** There is nothing of these here, so that they are never answered otherwise. */
const nothing: ReadonlySet<string> = new Set([
  "GET /api/v1/instance/terms_of_service",
  "GET /api/v1/instance/terms_of_service/:date",
  "GET /api/v1/annual_reports/:year",
  "POST /api/v1/annual_reports/:year/generate",
  "POST /api/v1/annual_reports/:year/read",
  "POST /api/v1/accounts/:id/email_subscriptions",
  "GET /api/v1_alpha/async_refreshes/:id",
].map((address) => address.replaceAll(/:\w+/g, ":")));

const answers = new Map([
  ...(await readEndpoints()).map((endpoint) => [addressOf(endpoint), endpoint.answer] as const),
  ...Object.entries(more),
]);

/** What apps may ask of us and get as JSON. Streams and push messages have stories of their own. */
export const endpoints: ReadonlySet<string> = new Set(routes.filter(isEndpoint).map(addressOf));

function isEndpoint({ path, access }: Route): boolean {
  if (access.kind === "server" || access.kind === "visitor" || access.kind === "browser") return false;
  return /^\/(api\/|oauth\/|nodeinfo\/|\.well-known\/)/.test(path) && !/\/(streaming|push)\b/.test(path);
}

const router = new SmartRouter<string>({ routers: [new RegExpRouter(), new TrieRouter()] });
for (const route of routes.filter(isEndpoint)) {
  const methods = route.method === "PUT" || route.method === "PATCH" ? ["PUT", "PATCH"] : [route.method];
  for (const method of methods) router.add(method, route.path, addressOf(route));
}

/** What apps have been answered, and what is wrong with it. */
export class Witness implements AsyncDisposable {
  /** The endpoints that have been answered well, and to whom. */
  readonly answered = new Map<string, Set<string>>();
  readonly complaints = new Set<string>();
  readonly #servers: Deno.HttpServer[] = [];

  constructor(readonly server: string) {}

  /** Where `who` finds the server, so that the witness sees what they are answered. */
  urlFor(who: string): string {
    const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
      const { pathname, search } = new URL(request.url);
      const body = request.body ? await request.bytes() : undefined;
      const answer = await fetch(`${this.server}${pathname}${search}`, {
        ...{ method: request.method, headers: request.headers, body, redirect: "manual" },
      });
      const bytes = await answer.bytes();
      this.#hold(who, request.method, pathname, answer, new TextDecoder().decode(bytes));
      const isEmpty = answer.status === 204 || answer.status === 304;
      return new Response(isEmpty ? null : bytes, answer);
    });
    this.#servers.push(server);
    return `http://127.0.0.1:${(server.addr as Deno.NetAddr).port}`;
  }

  /** The endpoints that nobody has asked, or that always refused. */
  get missed(): string[] {
    return [...endpoints].filter((endpoint) => !this.answered.has(endpoint) && !nothing.has(endpoint));
  }

  #hold(who: string, method: string, path: string, answer: Response, text: string): void {
    const endpoint = router.match(method, path)[0][0]?.[0] as string | undefined;
    const where = `${endpoint ?? `${method} ${path}`} (${answer.status})`;
    if (!answer.headers.has("x-request-id")) this.complaints.add(`${where}: does not name the request`);
    if (!endpoint || answer.status >= 400) return this.#complain(where, "Error | ValidationError", text);
    this.answered.getOrInsertComputed(endpoint, () => new Set()).add(who);
    const type = answers.get(endpoint);
    if (type === undefined) this.complaints.add(`${where}: no table says what it answers`);
    else if (type !== "-" && answer.status < 300) this.#complain(where, type, text);
  }

  #complain(where: string, type: string, text: string): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.complaints.add(`${where}: no JSON: ${text.slice(0, 100)}`);
      return;
    }
    for (const complaint of complaintsAbout(type, value)) {
      this.complaints.add(`${where}: ${complaint.replaceAll(/\[\d+\]/g, "[]")}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.shutdown()));
  }
}
