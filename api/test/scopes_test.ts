import assert from "node:assert/strict";
import type { Route } from "../src/auth/access.ts";
import { covers, type Scope, scopes } from "../src/auth/scopes.ts";
import { issueToken } from "../src/auth/tokens.ts";
import { routes } from "../src/wiring/routes.ts";
import { addressOf, readEndpoints } from "../../scripts/api_table.ts";
import { register } from "./oauth.ts";
import { type Person, request } from "./person.ts";
import { picture } from "./pictures.ts";
import { newWorld, type World } from "./world.ts";

/**
 * Every route of the API x every kind of token, generated from the switchboard: what a route declares is what whoever
 * asks finds. And whatever somebody else sends to whatever route, of what alice has nothing changes.
 */

type ApiRoute = Route & { access: Extract<Route["access"], { scopes: readonly Scope[] }> };

const ofApi = routes.filter((route): route is ApiRoute => "scopes" in route.access);

Deno.test("a route asks for the kind of token and the scopes that Mastodon's asks for", async () => {
  const table = new Map((await readEndpoints()).map((endpoint) => [addressOf(endpoint), endpoint.access]));
  for (const { access, ...route } of ofApi) {
    const inTable = table.get(addressOf(route));
    if (inTable === undefined || stricter.has(addressOf(route))) continue;
    const [kind = "", needed = ""] = inTable.split(" ");
    assert.equal(access.kind, kind === "none" ? "anyone" : kind, addressOf(route));
    if (access.kind === "anyone") continue; // which scope a token must carry that need not be sent, the table leaves out
    // What `follow` stands for, `covers` knows.
    const named = needed.split("|").filter((scope) => scope !== "" && scope !== "follow");
    assert.deepEqual([...access.scopes].sort(), named.sort(), addressOf(route));
  }
});

/** Where we ask for more. */
const stricter = new Set([
  "POST /api/v1/emails/confirmations", // changes an address: not with a token that may only read
  "GET /api/v1/statuses/:/source", // the text as typed is its author's alone
]);

const noToken = "401 The access token is invalid";
const noScope = "403 This action is outside the authorized scopes";
const noMember = "422 This method requires an authenticated user";
const refusals = [noToken, noScope, noMember];

Deno.test("each route answers each kind of token as it declares", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const tokens = await tokensIn(world);
  const complaints: string[] = [];
  assert.ok(ofApi.length > 150);
  for (const route of ofApi) {
    const asked = kindsOfTokens(route, alice.id).map(async ({ kind, holder, granted, expected }) => {
      const token = granted === "none" ? undefined : await tokens(holder, granted);
      const { status, json } = await ask(world, route, token, () => "1");
      const answer = `${status} ${json?.error}`;
      const found = refusals.includes(answer) ? answer : "let in";
      if (found !== expected) complaints.push(`${addressOf(route)} with ${kind}: ${found}, not ${expected}`);
    });
    await Promise.all(asked);
  }
  assert.deepEqual(complaints, []);
});

interface KindOfToken {
  kind: string;
  /** Null: an app's own. */
  holder: string | null;
  granted: readonly Scope[] | "none" | "nonsense";
  expected: string;
}

/** Every kind of token, and what becomes of whoever brings it to this route. */
function kindsOfTokens({ access }: ApiRoute, aliceId: string): KindOfToken[] {
  const others = scopes.filter((scope) => !access.scopes.some((needed) => covers([scope], needed)));
  const needsScope = access.scopes.length > 0;
  const forApps = access.kind === "member" ? noMember : "let in";
  return [
    {
      ...{ kind: "no token", holder: null, granted: "none" },
      expected: access.kind === "anyone" ? "let in" : noToken,
    },
    { kind: "a wrong token", holder: null, granted: "nonsense", expected: noToken },
    { kind: "an app's token", holder: null, granted: access.scopes, expected: forApps },
    {
      ...{ kind: "every scope but its own", holder: aliceId, granted: others },
      expected: needsScope ? noScope : "let in",
    },
    ...access.scopes.map((scope): KindOfToken => ({
      ...{ kind: `${scope} alone`, holder: aliceId, granted: [scope], expected: "let in" },
    })),
  ];
}

/** Makes each token once, all for one app. */
async function tokensIn(world: World) {
  const { ctx } = world;
  const { client_id } = await register(world);
  const { rows: [app] } = await world.pool.query("select id from apps where client_id = $1", [client_id]);
  const made = new Map<string, Promise<string>>();
  return (accountId: string | null, granted: readonly Scope[] | "nonsense"): Promise<string> => {
    if (granted === "nonsense") return Promise.resolve(granted);
    return made.getOrInsertComputed(
      `${accountId} ${granted}`,
      () => issueToken(ctx, { accountId, appId: app.id, scopes: granted }),
    );
  };
}

Deno.test("with another member's token no route changes anything that alice has", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice", { role: "moderator" });
  const mallory = await world.person("mallory");
  const things = await thingsOf(world, alice);
  await world.settle();
  let before = await rowsOf(world, mallory);
  assert.ok(before.size > 60, `${before.size} rows`);
  const complaints: string[] = [];
  for (const route of ofApi) {
    for (const id of idsFor(route, things)) {
      const { status } = await ask(world, route, mallory.token, () => id);
      const where = `${addressOf(route)} with ${id}`;
      if (status >= 500 || (isPrivate(route) && status < 400)) complaints.push(`${where}: ${status}`);
      if (route.method === "GET") continue;
      const after = await rowsOf(world, mallory);
      const gone = [...before].filter((row) => !after.has(row));
      for (const row of gone) complaints.push(`${where} changed ${row.slice(0, 300)}`);
      before = after;
    }
  }
  assert.deepEqual(complaints, []);
});

/** Whether what a route names is nobody's but its owner's. */
function isPrivate({ method, path }: Route): boolean {
  if (/\/(dismiss|merged|accept|unread_count|:group_key\/accounts)$/.test(path)) return false; // also where there is nothing
  return /\/(lists|filters|keywords|notifications|media|featured_tags|conversations|scheduled_statuses)\/:|list\/:/
    .test(path) || (/\/statuses\/:id$/.test(path) && method !== "GET");
}

type Things = Record<string, string>;

/** Something of alice's for each word that stands before an id in a path. */
async function thingsOf(world: World, alice: Person): Promise<Things> {
  const bob = await world.person("bob");
  const made = async (path: string, body: unknown) => {
    const { status, json } = await alice.post(path, body);
    assert.equal(status, 200, JSON.stringify(json));
    return json;
  };
  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  const post = await alice.says("Mine #tea", { poll: { options: ["a", "b"], expires_in: 3600 } });
  const secret = await alice.says("Mine alone", { visibility: "private" });
  await alice.post(`/api/v1/statuses/${post.id}/pin`);
  await alice.post(`/api/v1/statuses/${post.id}/bookmark`);
  await alice.post("/api/v1/markers", { home: { last_read_id: post.id } });
  const list = await made("/api/v1/lists", { title: "Mine" });
  await alice.post(`/api/v1/lists/${list.id}/accounts`, { account_ids: [bob.id] });
  const filter = await made("/api/v2/filters", {
    ...{ title: "Mine", context: ["home"], keywords_attributes: [{ keyword: "milk" }] },
  });
  const filterStatus = await made(`/api/v2/filters/${filter.id}/statuses`, { status_id: post.id });
  const tag = await made("/api/v1/featured_tags", { name: "tea" });
  await made("/api/v1/tags/tea/follow", {});
  const form = new FormData();
  form.set("file", new File([await picture({ width: 30, height: 20, format: "png" })], "kea.png"));
  const media = await made("/api/v2/media", form);
  await bob.says("@alice Psst", { visibility: "direct" });
  await bob.post(`/api/v1/statuses/${post.id}/favourite`);
  await world.settle();
  const { json: requests } = await alice.get("/api/v1/notifications/requests");
  const { json: notifications } = await alice.get("/api/v1/notifications");
  const { json: conversations } = await alice.get("/api/v1/conversations");
  return {
    ...{ accounts: alice.id, statuses: post.id, secret: secret.id, polls: post.poll.id, lists: list.id },
    ...{ list: list.id, filters: filter.id, keywords: filter.keywords[0].id, media: media.id },
    ...{ filterStatuses: filterStatus.id, featured_tags: tag.id, follow_requests: bob.id, tags: "tea" },
    ...{ notifications: notifications[0].id, group: notifications[0].group_key, tag: "tea" },
    ...{ requests: requests[0]?.id ?? "1", conversations: conversations[0].id, suggestions: alice.id },
  };
}

/** The ids of alice's things that this route can be asked about. */
function idsFor({ path }: Route, things: Things): string[] {
  const word = path.match(/\/(\w+)\/:/)?.[1] ?? "";
  if (path.includes("/filters/statuses/")) return [things.filterStatuses!];
  if (path.startsWith("/api/v1/filters/:")) return [things.keywords!];
  if (path.includes(":group_key")) return [things.group!];
  if (word === "statuses") return [things.statuses!, things.secret!];
  return [things[word] ?? "1"];
}

/** Sends to a route all that it could want, in case it lets somebody. */
function ask(world: World, { method, path }: Route, token: string | undefined, idFor: () => string) {
  const body = {
    ...{
      title: "Yours",
      status: "Yours",
      phrase: "yours",
      keyword: "yours",
      context: ["public"],
      name: "yours",
    },
    ...{ description: "Yours", comment: "Yours", display_name: "Yours", choices: [0], domain: "yours.test" },
    ...{ account_ids: ["1"], status_id: "1", text: "Yours", filter_action: "hide" },
  };
  return request(world.url, path.replaceAll(/:(\w+)(\{[^}]*\})?/g, idFor), {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }), "content-type": "application/json" },
    ...(method !== "GET" && { body: JSON.stringify(body) }),
  });
}

/**
 * All rows of all tables that have nothing to do with this person, as text. Without what counts how others take to
 * something, and what only notes that somebody was there.
 */
async function rowsOf({ pool }: World, person: Person): Promise<Set<string>> {
  const { rows: tables } = await pool.query(`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname not in ('sessions', 'audit_log', 'rate_limits', 'mails', 'instance', 'servers', 'activities')`);
  const parts = tables.map(({ name }) =>
    `select '${name} ' || (select string_agg(key || '=' || value, ' ' order by key) from jsonb_each_text(to_jsonb(t))
      where key !~ '_counts?$|_on$|^has_news$') as row from ${name} t`
  );
  const { rows } = await pool.query(parts.join(" union all "));
  return new Set(rows.map(({ row }) => row as string).filter((row) => !row.includes(person.id)));
}
