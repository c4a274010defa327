import assert from "node:assert/strict";
import { type Browser, signIn } from "./browser.ts";
import { Witness } from "./every_endpoint/witness.ts";
import { authorizePath, type Client, decide, pkce, verifier } from "./oauth.ts";
import { type Answer, request } from "./person.ts";
import { newWorld, type World } from "./world.ts";

/**
 * What apps ask, in which order, from the moment when somebody names this server until their timeline shows: after
 * their sources, and for Ivory after the logs of servers that it was tried with (jointakahe/takahe#473, #505). Push
 * subscriptions and streams are left out: they all start without.
 */
interface Script {
  app: string;
  /** What a stranger asks first. */
  before: string[];
  redirectUri: string;
  scopes: string;
  /** How it sends what it posts; `bare`: as a form that doesn't say so. */
  sends: "json" | "form" | "bare";
  usesPkce?: true;
  /** What it asks as the member, when it has its token and whenever it starts. ME and LATEST stand for ids. */
  after: string[];
}

const oob = "urn:ietf:wg:oauth:2.0:oob";
const told = ["mention", "status", "reblog", "follow", "follow_request", "favourite", "poll", "update"];
const types = told.map((type) => `types%5B%5D=${type}`).join("&");

const scripts: Script[] = [
  {
    app: "Ivory",
    before: ["/api/v1/instance"],
    redirectUri: "com.tapbots.Ivory.10217:/request_token",
    scopes: "read write follow push",
    sends: "form",
    after: [
      "/api/v1/accounts/verify_credentials",
      "/api/v1/timelines/home?limit=40",
      "/api/v1/accounts/ME",
      "/api/v2/instance",
      "/api/v1/preferences",
      "/api/v1/timelines/home?limit=40&min_id=LATEST",
      "/api/v1/lists",
      `/api/v1/notifications?limit=100&since_id=1&${types}`,
      "/api/v1/notifications?limit=30&types%5B%5D=mention",
      "/api/v1/accounts/ME/statuses?exclude_reblogs=1&limit=40",
      "/api/v2/filters",
      "/api/v1/followed_tags",
    ],
  },
  {
    app: "Ice Cubes",
    before: ["/api/v2/instance", "/api/v1/instance", "/api/v1/timelines/public?local=false"],
    redirectUri: "icecubesapp://",
    scopes: "read write follow push",
    sends: "bare",
    after: [
      "/api/v1/accounts/verify_credentials",
      "/api/v2/instance",
      "/api/v1/lists",
      "/api/v1/followed_tags",
      "/api/v1/preferences",
      "/api/v1/custom_emojis",
      "/api/v1/timelines/home?limit=50",
      "/api/v1/markers?timeline%5B%5D=home&timeline%5B%5D=notifications",
      "/api/v2/notifications/policy",
      "/api/v2/notifications?limit=30&grouped_types%5B%5D=favourite&grouped_types%5B%5D=reblog",
      "/api/v1/follow_requests",
      "/api/v1/accounts/relationships?id%5B%5D=ME",
    ],
  },
  {
    app: "Tusky",
    before: [],
    redirectUri: "oauth2redirect://com.keylesspalace.tusky/",
    scopes: "read write follow push",
    sends: "form",
    after: [
      "/api/v1/accounts/verify_credentials",
      "/api/v1/announcements",
      "/api/v2/instance",
      "/api/v1/instance",
      "/api/v1/custom_emojis",
      "/api/v2/filters",
      "/api/v1/timelines/home?limit=30",
      "/api/v1/timelines/home?max_id=LATEST&limit=30",
      "/api/v1/notifications?limit=30&exclude_types%5B%5D=admin.report",
      "/api/v1/markers?timeline%5B%5D=notifications",
      "/api/v1/conversations?limit=20",
      "/api/v1/follow_requests",
    ],
  },
  {
    app: "Phanpy",
    before: [
      "/api/v2/instance",
      "/.well-known/nodeinfo",
      "/nodeinfo/2.0",
      "/.well-known/oauth-authorization-server",
    ],
    redirectUri: "https://phanpy.test/",
    scopes: "read write follow push",
    sends: "form",
    usesPkce: true,
    after: [
      "/api/v1/accounts/verify_credentials",
      "/api/v2/instance",
      "/.well-known/nodeinfo",
      "/nodeinfo/2.0",
      "/api/v1/preferences",
      "/api/v1/markers?timeline[]=home",
      "/api/v1/timelines/home?limit=20",
      "/api/v2/filters",
      "/api/v1/lists",
      "/api/v1/followed_tags?limit=200",
      "/api/v1/notifications?limit=1",
      "/api/v1/follow_requests?limit=1",
      "/api/v1/announcements",
      "/api/v1/accounts/relationships?id[]=ME",
    ],
  },
  {
    app: "Elk",
    before: ["/api/v2/instance", "/nodeinfo/2.0", "/api/v1/timelines/public?limit=30&local=true"],
    redirectUri: "https://elk.test/api/riff.test/oauth/https%3A%2F%2Felk.test",
    scopes: "read write follow push",
    sends: "json",
    after: [
      "/api/v2/instance",
      "/nodeinfo/2.0",
      "/api/v1/accounts/verify_credentials",
      "/api/v1/preferences",
      "/api/v1/timelines/home?limit=30",
      "/api/v1/markers?timeline[]=notifications",
      "/api/v1/notifications?limit=30",
      "/api/v1/custom_emojis",
      "/api/v1/lists",
      "/api/v2/filters",
    ],
  },
  {
    app: "toot",
    before: ["/api/v1/instance", "/api/v2/instance"],
    redirectUri: oob,
    scopes: "read write follow",
    sends: "json",
    after: [
      "/api/v1/accounts/verify_credentials",
      "/api/v2/instance",
      "/api/v1/preferences",
      "/api/v1/timelines/home?limit=40",
      "/api/v1/accounts/ME/following?limit=80",
      "/api/v1/followed_tags",
      "/api/v1/lists",
      "/api/v1/notifications?limit=20",
    ],
  },
];

Deno.test("apps sign in and start as they do elsewhere, call by call", async (t) => {
  await using world = await newWorld();
  await using witness = new Witness(world.url);
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  await bob.says("@alice Hello");
  const latest = await bob.says("Good morning");
  await world.settle();
  const browser = await signIn(world, alice);
  const ids: Record<string, string> = { ME: alice.id, LATEST: latest.id };
  for (const script of scripts) {
    await t.step(script.app, async () => {
      const url = witness.urlFor(script.app);
      for (const path of script.before) await good(url, path);
      const token = await tokenFor(url, world, browser, script);
      for (const path of script.after) {
        await good(url, path.replaceAll(/\b(ME|LATEST)\b/g, (word) => ids[word]!), token);
      }
    });
  }
  assert.deepEqual([...witness.complaints], []);
});

async function good(url: string, path: string, token?: string): Promise<Answer> {
  const answer = await request(url, path, token ? { headers: { authorization: `Bearer ${token}` } } : {});
  assert.equal(answer.status, 200, `${path}: ${answer.text.slice(0, 200)}`);
  return answer;
}

/** Registers the app, has alice consent in her browser, and fetches the token. */
async function tokenFor(url: string, world: World, browser: Browser, script: Script): Promise<string> {
  const { app, redirectUri, scopes, usesPkce } = script;
  const { json: client } = await post(url, script, "/api/v1/apps", {
    ...{ client_name: app, redirect_uris: redirectUri, scopes, website: "https://app.test" },
  });
  assert.equal(client.redirect_uri, redirectUri);
  const asked = { scope: scopes, state: undefined, ...(usesPkce && pkce) };
  const { path } = await decide(browser, authorizePath(client as Client, asked));
  const code = new URL(path, world.url).searchParams.get("code")!;
  const { json: token } = await post(url, script, "/oauth/token", {
    ...{ grant_type: "authorization_code", client_id: client.client_id, redirect_uri: redirectUri, code },
    ...{ client_secret: client.client_secret, scope: scopes, ...(usesPkce && { code_verifier: verifier }) },
  });
  assert.deepEqual([token.token_type, token.scope], ["Bearer", scopes]);
  return token.access_token;
}

function post(url: string, { sends }: Script, path: string, fields: Record<string, string>): Promise<Answer> {
  const form = new URLSearchParams(fields);
  return request(url, path, {
    method: "POST",
    ...(sends === "json" && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fields),
    }),
    ...(sends === "form" && { body: form }),
    ...(sends === "bare" && { body: new TextEncoder().encode(form.toString()) }),
  });
}
