import assert from "node:assert/strict";
import { signIn } from "../../test/browser.ts";
import { toFullHour } from "../../test/clock.ts";
import { newWorld, tokenFor, type World } from "../../test/world.ts";

async function limited(): Promise<World> {
  const world = await newWorld({ settings: { RATE_LIMITS: "on", TRUSTED_PROXIES: "127.0.0.1" } });
  toFullHour(world);
  return world;
}

const cheap = "/api/v1/custom_emojis";
const from = (address: string) => ({ headers: { "x-forwarded-for": address } });

/** How many of so many requests get through. */
async function through(times: number, ask: () => Promise<{ status: number }>): Promise<number> {
  let allowed = 0;
  for (let i = 0; i < times; i++) if ((await ask()).status !== 429) allowed++;
  return allowed;
}

Deno.test("every answer of the API says how many requests are left, and until when", async () => {
  await using world = await limited();
  const alice = await world.person("alice");
  const { headers } = await alice.get("/api/v1/accounts/verify_credentials");
  assert.equal(headers.get("x-ratelimit-limit"), "300");
  assert.equal(headers.get("x-ratelimit-remaining"), "299");
  assert.match(headers.get("x-ratelimit-reset")!, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  const missing = await alice.get("/api/v1/statuses/1");
  assert.equal(missing.status, 404);
  assert.equal(missing.headers.get("x-ratelimit-remaining"), "298");
  const anonymous = await world.visit(cheap);
  assert.equal(anonymous.headers.get("x-ratelimit-remaining"), "299");
});

Deno.test("a token has 300 requests in five minutes; another token and another address have their own", async () => {
  await using world = await limited();
  const alice = await world.person("alice");
  assert.equal(await through(302, () => alice.get(cheap)), 300);
  const { status, json, headers } = await alice.get(cheap);
  assert.equal(status, 429);
  assert.deepEqual(json, { error: "Too many requests" });
  assert.equal(headers.get("x-ratelimit-remaining"), "0");
  const wait = Number(headers.get("retry-after"));
  assert.ok(wait > 0 && wait <= 300, `${wait} s`);

  const other = await tokenFor(world.ctx, alice.account, "read");
  assert.equal((await world.visit(cheap, { headers: { authorization: `Bearer ${other}` } })).status, 200);
  assert.equal((await world.visit(cheap)).status, 200);
  world.pass({ minutes: 5 });
  assert.equal((await alice.get(cheap)).status, 200);
});

Deno.test("strangers are counted by their address, in IPv6 by their connection's, and guesses at tokens too", async () => {
  await using world = await limited();
  const bad = { headers: { authorization: "Bearer guess", "x-forwarded-for": "198.51.100.7" } };
  assert.equal(await through(302, () => world.visit(cheap, bad)), 300);
  assert.equal((await world.visit(cheap, from("198.51.100.7"))).status, 429);
  assert.equal((await world.visit(cheap, from("198.51.100.8"))).status, 200);

  let host = 1;
  assert.equal(
    await through(302, () => world.visit(cheap, from(`2001:db8:0:1::${(host++).toString(16)}`))),
    300,
  );
  assert.equal((await world.visit(cheap, from("2001:db8:1::1"))).status, 200);
});

Deno.test("apps are registered five times in ten minutes from one address", async () => {
  await using world = await limited();
  const register = () =>
    world.visit("/api/v1/apps", {
      method: "POST",
      body: new URLSearchParams({ client_name: "App", redirect_uris: "https://app.test/cb" }),
    });
  assert.equal(await through(7, register), 5);
});

Deno.test("pages are counted by session, and a page says so in its own words", async () => {
  await using world = await limited();
  const browser = await signIn(world, await world.person("alice"));
  const cookie = `riff_session=${browser.cookies.get("riff_session")}`;
  const onwards = () => world.visit("/auth/sign_in", { headers: { cookie } });
  assert.equal(await through(302, onwards), 299, "the first was for /home");
  const { status, html, headers } = await browser.open("/settings");
  assert.equal(status, 429);
  assert.match(html, /A little slower, please/);
  assert.ok(headers.get("retry-after"));
});

Deno.test("posts are deleted thirty times in half an hour", async () => {
  await using world = await limited();
  const alice = await world.person("alice");
  assert.equal(await through(32, () => alice.delete("/api/v1/statuses/1")), 30);
  assert.equal((await alice.get("/api/v1/statuses/1")).status, 404);
});

Deno.test("most requests of a token are counted without asking the database", async () => {
  await using world = await limited();
  const alice = await world.person("alice");
  await alice.get(cheap);
  const queries = await world.countQueries(async () => {
    for (let i = 0; i < 20; i++) await alice.get(cheap);
  });
  assert.equal(queries, 40, "two queries a request: whose the token is, and what was asked for");
});
