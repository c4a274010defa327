import assert from "node:assert/strict";
import { sql } from "kysely";
import { Browser, signIn } from "../../test/browser.ts";
import { newWorld, passwordOf, type World } from "../../test/world.ts";
import { registerApp } from "../apps/register.ts";
import { issueToken } from "../auth/tokens.ts";
import { browserNames } from "../auth/browser_names.ts";

const change = { current_password: passwordOf("alice"), new_password: "a quiet kettle" };

async function signsIn(world: World, password: string): Promise<boolean> {
  const browser = new Browser(world.url);
  const page = await browser.open("/auth/sign_in");
  const { path } = await browser.press(page, "/auth/sign_in", { identifier: "alice", password });
  return path === "/home";
}

Deno.test("a member changes their password: other browsers are signed out, apps and this one stay", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const [here, there] = [await signIn(world, alice), await signIn(world, alice)];
  const page = await here.press(await here.open("/settings"), "/settings/password", change);
  assert.match(page.html, /Your password is changed/);
  assert.equal((await here.open("/home")).path, "/home");
  assert.match((await there.open("/home")).path, /^\/auth\/sign_in/);
  assert.equal((await alice.get("/api/v1/accounts/verify_credentials")).status, 200);
  assert.deepEqual(
    [await signsIn(world, change.current_password), await signsIn(world, change.new_password)],
    [
      false,
      true,
    ],
  );
  const { rows } = await sql`select actor from audit_log where action = 'password_changed'`.execute(
    world.ctx.db,
  );
  assert.deepEqual(rows, [{ actor: "alice" }]);
});

Deno.test("a password changes only for who knows the present one, and to one that is good enough", async () => {
  await using world = await newWorld();
  const browser = await signIn(world, await world.person("alice"));
  const settings = await browser.open("/settings");
  const wrong: [Record<string, string>, RegExp][] = [
    [{ ...change, current_password: "wrong" }, /This is not your present password/],
    [{ ...change, new_password: "short" }, /at least 8 characters/],
    [{ ...change, new_password: "alice@mail.test" }, /too easy to guess/],
    [{ ...change, "new_password[]": "x" }, /That did not work/],
  ];
  for (const [fields, words] of wrong) {
    const { status, html } = await browser.press(settings, "/settings/password", fields);
    assert.equal(status, 422);
    assert.match(html, words);
  }
  assert.ok(await signsIn(world, change.current_password));
});

Deno.test("a member sees where they are signed in, and signs other browsers out", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const [here, there] = [await signIn(world, alice), await signIn(world, alice)];
  const settings = await here.open("/settings");
  const ends = settings.html.match(/\/settings\/sessions\/\d+\/revoke/g) ?? [];
  assert.equal(ends.length, 1, "all but this one");
  const bob = await signIn(world, await world.person("bob"));
  const bobs = await bob.open("/settings");
  const forged = { ...settings, html: withTokenOf(bobs.html, settings.html) };
  assert.equal((await bob.press(forged, ends[0]!)).status, 404);
  const after = await here.press(settings, ends[0]!);
  assert.match(after.html, /That browser is signed out/);
  assert.match((await there.open("/home")).path, /^\/auth\/sign_in/);
});

/** Somebody else's page, with the token that one's own browser needs. */
function withTokenOf(own: string, others: string): string {
  const token = own.match(/name="csrf" value="([^"]+)"/)![1];
  return others.replaceAll(/name="csrf" value="[^"]+"/g, `name="csrf" value="${token}"`);
}

Deno.test("a member sees which apps may use their account, and stops one", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const { app } = await registerApp(world.ctx, {
    name: "Kettle <app>",
    redirectUris: ["https://kettle.test/"],
  });
  const grant = { appId: app.id, scopes: ["read"] as const };
  const token = await issueToken(world.ctx, { ...grant, accountId: alice.id });
  const bobs = await issueToken(world.ctx, { ...grant, accountId: bob.id });
  const works = async (bearer: string) =>
    (await world.visit("/api/v1/preferences", { headers: { authorization: `Bearer ${bearer}` } })).status ===
      200;
  assert.deepEqual([await works(token), await works(bobs)], [true, true]);

  const browser = await signIn(world, alice);
  const settings = await browser.open("/settings");
  assert.match(settings.html, /Kettle &lt;app>/);
  const after = await browser.press(settings, `/settings/applications/${app.id}/revoke`);
  assert.match(after.html, /That app can no longer use your account/);
  assert.doesNotMatch(after.html, /Kettle/);
  assert.deepEqual([await works(token), await works(bobs)], [false, true]);
  assert.equal((await alice.get("/api/v1/preferences")).status, 200);
});

Deno.test("browsers are named as their owners know them", () => {
  const known: [string, string | undefined, string | undefined][] = [
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux"],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
      "Edge",
      "Windows",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
      "Safari",
      "iPhone",
    ],
    [
      "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
      "Chrome",
      "Android",
    ],
    ["curl/8.0", undefined, undefined],
    ["", undefined, undefined],
  ];
  for (const [userAgent, browser, system] of known) {
    assert.deepEqual(browserNames(userAgent), { browser, system });
  }
});

Deno.test("a member says in a form what happens when strangers write", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const browser = await signIn(world, alice);
  const settings = await browser.open("/settings");
  const after = await browser.press(settings, "/settings/strangers", { not_following: "filter" });
  assert.equal(after.path, "/settings?done=saved#strangers");
  const { json: policy } = await alice.get("/api/v2/notifications/policy");
  assert.deepEqual([policy.for_not_following, policy.for_private_mentions, policy.for_limited_accounts], [
    "filter",
    "filter",
    "filter",
  ]);
  await bob.says("@alice Hello");
  await world.settle();
  assert.match((await browser.open("/notifications")).html, /1 message request/);
  assert.match((await browser.open("/notifications/requests")).html, /Hello/);

  await browser.press(after, "/settings/strangers", { not_following: "accept", private_mentions: "drop" });
  const { json: changed } = await alice.get("/api/v2/notifications/policy");
  assert.deepEqual([changed.for_not_following, changed.for_private_mentions], ["accept", "drop"]);
  assert.equal((await browser.press(after, "/settings/strangers", { bots: "nonsense" })).status, 422);
});
