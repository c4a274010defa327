import assert from "node:assert/strict";
import { sql } from "kysely";
import { Browser, signIn } from "../../test/browser.ts";
import { authorizePath, codeFor, decide, exchange, pkce, register, verifier } from "../../test/oauth.ts";
import { newWorld, passwordOf } from "../../test/world.ts";

Deno.test("an app sends somebody here, they sign in, agree, and it gets a token that acts for them", async () => {
  await using world = await newWorld();
  await world.person("alice");
  const client = await register(world);
  const browser = new Browser(world.url);

  const signInPage = await browser.open(authorizePath(client, pkce));
  assert.match(signInPage.path, /^\/auth\/sign_in\?next=/);
  const consent = await browser.press(signInPage, "/auth/sign_in", {
    identifier: "alice",
    password: passwordOf("alice"),
  });
  assert.equal(consent.status, 200);
  assert.match(consent.html, /Let Kettle use your account\?/);
  assert.match(consent.html, /Afterwards you return to kettle\.test/);
  assert.match(consent.html, /read everything in your account/);

  const returned = new URL((await browser.press(consent, "/oauth/authorize", { decision: "allow" })).path);
  assert.equal(returned.origin + returned.pathname, client.redirect_uri);
  assert.equal(returned.searchParams.get("state"), "s t&");
  const { status, json, headers } = await exchange(world, client, returned.searchParams.get("code")!, {
    code_verifier: verifier,
  });
  assert.equal(status, 200);
  assert.match(headers.get("cache-control")!, /no-store/);
  assert.deepEqual([json.token_type, json.scope], ["Bearer", "read write"]);
  assert.ok(Number.isInteger(json.created_at));
  const authorization = `Bearer ${json.access_token}`;
  const me = await world.visit("/api/v1/accounts/verify_credentials", { headers: { authorization } });
  assert.equal(me.json.username, "alice");
  const follow = await world.visit("/api/v1/follow_requests", { headers: { authorization } });
  assert.equal(follow.status, 200, "read covers read:follows");
});

Deno.test("who says no sends the app away with empty hands", async () => {
  await using world = await newWorld();
  const browser = await signIn(world, await world.person("alice"));
  const { path } = await decide(browser, authorizePath(await register(world)), "deny");
  const { searchParams, origin } = new URL(path);
  assert.equal(origin, "https://kettle.test");
  assert.deepEqual([searchParams.get("error"), searchParams.get("state"), searchParams.get("code")], [
    "access_denied",
    "s t&",
    null,
  ]);
  const { rows } = await sql`select from authorization_codes`.execute(world.ctx.db);
  assert.equal(rows.length, 0);
});

Deno.test("an app is returned to at exactly the address that it registered, byte for byte", async () => {
  await using world = await newWorld();
  const browser = await signIn(world, await world.person("alice"));
  const uris = [
    "https://elk.test/api/riff.test/oauth/https%3A%2F%2Fmain.elk.test",
    "com.tapbots.Ivory.10217:/request_token",
    "https://kettle.test/callback?from=riff",
    "icecubesapp://",
  ];
  for (const uri of uris) {
    const client = await register(world, { redirect_uris: [uri, "https://other.test/"] });
    const { path, status } = await decide(
      browser,
      authorizePath({ ...client, redirect_uri: uri }, { state: undefined }),
    );
    assert.equal(status, 302);
    assert.ok(path.startsWith(`${uri}${uri.includes("?") ? "&" : "?"}code=`), path);
    assert.doesNotMatch(path, /state/);
  }
});

Deno.test("an app without an address of its own has the code shown, to the member whose it is alone", async () => {
  await using world = await newWorld();
  const client = await register(world, { redirect_uris: "urn:ietf:wg:oauth:2.0:oob" });
  const browser = await signIn(world, await world.person("alice"));
  const { path, html } = await decide(browser, authorizePath(client));
  const code = new URLSearchParams(path.split("?")[1]).get("code")!;
  assert.ok(path.startsWith("/oauth/authorize/native?"));
  assert.match(html, new RegExp(`value="${code}"`));
  assert.match(html, /Go back to Kettle/);
  const bob = await signIn(world, await world.person("bob"));
  assert.equal((await bob.open(path)).status, 404);
  assert.equal((await browser.open("/oauth/authorize/native?code=%3Cscript%3E")).status, 404);
  assert.equal((await exchange(world, client, code)).status, 200);
});

Deno.test("a request that is not in order is told to the person, and the browser is sent nowhere", async () => {
  await using world = await newWorld();
  const client = await register(world, { scopes: "read write:statuses" });
  const browser = await signIn(world, await world.person("alice"));
  const wrong: Record<string, string | undefined>[] = [
    { client_id: undefined },
    { client_id: "nobody" },
    { client_id: "__proto__" },
    { redirect_uri: undefined },
    { redirect_uri: "https://evil.test/" },
    { redirect_uri: "https://kettle.test/callback/" },
    { redirect_uri: "https://kettle.test/callback?x" },
    { redirect_uri: "HTTPS://kettle.test/callback" },
    { redirect_uri: "https://kettle.test/%63allback" },
    { response_type: undefined },
    { response_type: "token" },
    { scope: "read write" },
    { scope: "read fly" },
    { scope: "read write:statuses follow" },
    { scope: "read", code_challenge: pkce.code_challenge },
    { scope: "read", code_challenge: pkce.code_challenge, code_challenge_method: "plain" },
    { scope: "read", code_challenge: "short", code_challenge_method: "S256" },
  ];
  for (const more of wrong) {
    const { status, path, html } = await browser.open(authorizePath(client, { scope: "read", ...more }));
    assert.equal(status, 400, JSON.stringify(more));
    assert.ok(path.startsWith("/oauth/authorize?"));
    assert.match(html, /The app that sent you here/);
  }
  const odd = [
    "state[]=a",
    "client_id[x]=1",
    "scope[__proto__]=1",
    `state=${"x".repeat(4001)}`,
    "scope=%00%ff",
  ];
  for (const query of odd) {
    const { status } = await browser.open(`${authorizePath(client, { scope: "read" })}&${query}`);
    assert.ok(status >= 200 && status < 500, `${query}: ${status}`);
  }
});

Deno.test("what is refused before the sign-in is refused before it", async () => {
  await using world = await newWorld();
  const client = await register(world);
  const { status, path } = await new Browser(world.url).open(authorizePath(client, { client_id: "nobody" }));
  assert.equal(status, 400);
  assert.ok(path.startsWith("/oauth/authorize?"));
});

Deno.test("the answer of a consent page can't be forged, nor asked for what the page did not show", async () => {
  await using world = await newWorld();
  const client = await register(world, { scopes: "read" });
  const browser = await signIn(world, await world.person("alice"));
  const page = await browser.open(authorizePath(client, { scope: "read" }));
  const allow = { decision: "allow" };
  assert.equal((await browser.press(page, "/oauth/authorize", { ...allow, csrf: "x" })).status, 403);
  assert.equal((await browser.press(page, "/oauth/authorize", { ...allow, scope: "write" })).status, 400);
  const elsewhere = { ...allow, redirect_uri: "https://evil.test/" };
  assert.equal((await browser.press(page, "/oauth/authorize", elsewhere)).status, 400);
  const { rows } = await sql`select from authorization_codes`.execute(world.ctx.db);
  assert.equal(rows.length, 0);
});

Deno.test("an app may ask that people sign in anew, and in which language", async () => {
  await using world = await newWorld();
  const client = await register(world);
  const browser = await signIn(world, await world.person("alice"));
  await world.person("bob");
  const path = authorizePath(client, { force_login: "true", lang: "xx" });
  const page = await browser.open(path);
  assert.match(page.path, /^\/auth\/sign_in\?next=.*&again=true&lang=xx$/);
  const consent = await browser.press(page, "/auth/sign_in", {
    identifier: "bob",
    password: passwordOf("bob"),
  });
  assert.match(consent.path, /^\/oauth\/authorize\?.*lang=xx/);
  assert.match(consent.html, /@bob|>bob</);
  assert.doesNotMatch(consent.html, /@alice\b/);
});

Deno.test("a consent page lets its form lead to where apps are, and to nowhere else", async () => {
  await using world = await newWorld();
  const browser = await signIn(world, await world.person("alice"));
  const policy = async (uri: string) => {
    const client = await register(world, { redirect_uris: uri });
    const { headers } = await browser.open(authorizePath(client));
    return headers.get("content-security-policy")!.match(/form-action ([^;]*)/)![1];
  };
  assert.equal(await policy("https://kettle.test/cb"), "'self' https:");
  assert.equal(await policy("kettle.app:/cb"), "'self' https: kettle.app:");
  assert.equal(await policy("urn:ietf:wg:oauth:2.0:oob"), "'self'");
});

Deno.test("the database does not hold a code that could be used", async () => {
  await using world = await newWorld();
  const browser = await signIn(world, await world.person("alice"));
  const code = await codeFor(browser, await register(world));
  const { rows } = await sql`select * from authorization_codes`.execute(world.ctx.db);
  assert.equal(rows.length, 1);
  assert.ok(!JSON.stringify(rows).includes(code));
});
