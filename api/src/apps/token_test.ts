import assert from "node:assert/strict";
import { sql } from "kysely";
import { signIn } from "../../test/browser.ts";
import { codeFor, exchange, pkce, postForm, postJson, register, verifier } from "../../test/oauth.ts";
import { newWorld, type World } from "../../test/world.ts";
import { chores } from "./jobs.ts";

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${btoa(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}`,
});

async function works(world: World, token: string): Promise<boolean> {
  const { status } = await world.visit("/api/v1/preferences", {
    headers: { authorization: `Bearer ${token}` },
  });
  return status === 200;
}

Deno.test("a client says who it is in the body or in the header, as JSON or as a form", async () => {
  await using world = await newWorld();
  const client = await register(world);
  const browser = await signIn(world, await world.person("alice"));
  const { client_id, client_secret, redirect_uri } = client;
  const grant = { grant_type: "authorization_code", redirect_uri };
  const header = basic(client_id, client_secret);
  for (const post of [postJson, postForm]) {
    const code = async () => ({ ...grant, code: await codeFor(browser, client) });
    assert.equal(
      (await post(world, "/oauth/token", { ...await code(), client_id, client_secret })).status,
      200,
    );
    assert.equal((await post(world, "/oauth/token", await code(), header)).status, 200);
  }
});

Deno.test("a code works once; who brings it again ends what was given for it", async () => {
  await using world = await newWorld();
  const client = await register(world);
  const browser = await signIn(world, await world.person("alice"));
  const code = await codeFor(browser, client);
  const { json: first } = await exchange(world, client, code);
  const other = (await exchange(world, client, await codeFor(browser, client))).json.access_token;
  assert.ok(await works(world, first.access_token));

  const again = await exchange(world, client, code);
  assert.equal(again.status, 400);
  assert.equal(again.json.error, "invalid_grant");
  assert.ok(!await works(world, first.access_token));
  assert.ok(await works(world, other), "what was given for another code stays");
});

Deno.test("of many who bring a code at the same moment one gets a token, and loses it", async () => {
  await using world = await newWorld();
  const client = await register(world);
  const browser = await signIn(world, await world.person("alice"));
  const code = await codeFor(browser, client);
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => exchange(world, client, code)));
  const given = answers.filter(({ status }) => status === 200);
  assert.equal(given.length, 1);
  assert.ok(!await works(world, given[0]!.json.access_token));
});

Deno.test("a code works for ten minutes, for its own client, at its own address", async () => {
  await using world = await newWorld();
  const [client, other] = [await register(world), await register(world)];
  const browser = await signIn(world, await world.person("alice"));
  const code = await codeFor(browser, client);
  const wrong = [
    await exchange(world, other, code),
    await exchange(world, { ...client, redirect_uri: "https://kettle.test/callback/" }, code),
    await exchange(world, client, code, { redirect_uri: undefined }),
    await exchange(world, client, `${code}x`),
  ];
  for (const { status, json } of wrong) assert.deepEqual([status, json.error], [400, "invalid_grant"]);
  assert.equal((await exchange(world, client, code)).status, 200, "a mistake does not use it up");

  const late = await codeFor(browser, client);
  world.pass({ minutes: 10, seconds: 1 });
  assert.equal((await exchange(world, client, late)).json.error, "invalid_grant");
  await chores.forgetCodes!.run(world.ctx);
  const { rows } = await sql`select from authorization_codes`.execute(world.ctx.db);
  assert.equal(rows.length, 0);
});

Deno.test("a code that was asked for with a challenge needs the verifier, and without one takes none", async () => {
  await using world = await newWorld();
  const client = await register(world);
  const browser = await signIn(world, await world.person("alice"));
  const code = await codeFor(browser, client, pkce);
  for (const code_verifier of [undefined, "", "x".repeat(43), pkce.code_challenge, `${verifier}x`, ["x"]]) {
    const { status, json } = await exchange(world, client, code, { code_verifier });
    assert.equal(status, 400);
    assert.match(json.error, /^invalid_(grant|request)$/);
  }
  assert.equal((await exchange(world, client, code, { code_verifier: verifier })).status, 200);

  const plain = await codeFor(browser, client);
  assert.equal(
    (await exchange(world, client, plain, { code_verifier: verifier })).json.error,
    "invalid_grant",
  );
});

Deno.test("a client that proves itself by PKCE may leave its secret out, others may not, and none may have it wrong", async () => {
  await using world = await newWorld();
  const client = await register(world);
  const browser = await signIn(world, await world.person("alice"));
  const open = { client_secret: undefined };
  const proven = await codeFor(browser, client, pkce);
  const wrong = await exchange(world, client, proven, { code_verifier: verifier, client_secret: "x" });
  assert.deepEqual([wrong.status, wrong.json.error], [401, "invalid_client"]);
  assert.match(wrong.headers.get("www-authenticate")!, /^Basic /);
  assert.equal((await exchange(world, client, proven, { ...open, code_verifier: verifier })).status, 200);

  const plain = await exchange(world, client, await codeFor(browser, client), open);
  assert.deepEqual([plain.status, plain.json.error], [401, "invalid_client"]);
});

Deno.test("an app's own token acts for nobody, and never for more than it was registered for", async () => {
  await using world = await newWorld();
  const client = await register(world, { scopes: "read write:statuses" });
  const ask = (scope?: string) =>
    postJson(world, "/oauth/token", { grant_type: "client_credentials", ...client, scope });
  const { json } = await ask();
  assert.equal(json.scope, "read");
  const authorization = `Bearer ${json.access_token}`;
  const post = await world.visit("/api/v1/accounts/verify_credentials", { headers: { authorization } });
  assert.deepEqual([post.status, post.json.error], [422, "This method requires an authenticated user"]);
  assert.equal((await ask("read:accounts write:statuses")).json.scope, "read:accounts write:statuses");
  for (const scope of ["write", "read follow", "fly", "admin:read"]) {
    const { status, json } = await ask(scope);
    assert.deepEqual([status, json.error], [400, "invalid_scope"], scope);
  }
  for (let n = 0; n < 105; n++) await ask();
  const { rows } = await sql`select from tokens`.execute(world.ctx.db);
  assert.equal(rows.length, 100, "the oldest are dropped");
});

Deno.test("whatever is sent to the token endpoint, it is answered in OAuth's own words", async () => {
  await using world = await newWorld();
  const client = await register(world);
  const { client_id, client_secret } = client;
  const cases: [unknown, number, string][] = [
    [{}, 400, "invalid_request"],
    [{ grant_type: {} }, 400, "invalid_request"],
    [{ grant_type: "client_credentials" }, 401, "invalid_client"],
    [{ grant_type: "client_credentials", client_id: "x", client_secret: "y" }, 401, "invalid_client"],
    [{ grant_type: "client_credentials", client_id }, 401, "invalid_client"],
    [{ grant_type: "client_credentials", client_id: ["x"], client_secret }, 400, "invalid_request"],
    [
      { grant_type: "client_credentials", client_id: "__proto__", client_secret: "\0" },
      401,
      "invalid_client",
    ],
    [{ ...client, grant_type: "password", username: "alice", password: "x" }, 400, "unsupported_grant_type"],
    [{ ...client, grant_type: "refresh_token" }, 400, "unsupported_grant_type"],
    [{ ...client, grant_type: "authorization_code" }, 400, "invalid_request"],
    [{ ...client, grant_type: "authorization_code", code: { a: 1 } }, 400, "invalid_request"],
    [{ ...client, grant_type: "authorization_code", code: "x".repeat(2_000) }, 400, "invalid_request"],
  ];
  for (const [body, status, error] of cases) {
    const answer = await postJson(world, "/oauth/token", body);
    assert.deepEqual([answer.status, answer.json.error], [status, error], JSON.stringify(body));
    assert.equal(typeof answer.json.error_description, "string");
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
  }
  for (
    const authorization of [
      "Basic",
      "Basic !",
      "Basic Og==",
      `Basic ${btoa("a")}`,
      `Basic ${btoa("%:%")}`,
      "Basic /w==",
    ]
  ) {
    const answer = await postJson(world, "/oauth/token", { grant_type: "client_credentials" }, {
      authorization,
    });
    assert.deepEqual([answer.status, answer.json.error], [401, "invalid_client"], authorization);
  }
  const malformed = await world.visit("/oauth/token", {
    method: "POST",
    body: "{",
    headers: { "content-type": "application/json" },
  });
  assert.equal(malformed.status, 400);
});

Deno.test("an app gives back its own tokens, and none of another app", async () => {
  await using world = await newWorld();
  const [client, other] = [await register(world), await register(world)];
  const browser = await signIn(world, await world.person("alice"));
  const { json: { access_token: token } } = await exchange(world, client, await codeFor(browser, client));
  const revoke = (more: object) => postJson(world, "/oauth/revoke", { ...client, token, ...more });

  const foreign = await revoke(other);
  assert.deepEqual([foreign.status, foreign.json.error], [403, "unauthorized_client"]);
  const unknown = await revoke({ client_id: "x" });
  assert.deepEqual([unknown.status, unknown.json.error], [401, "invalid_client"]);
  assert.equal((await revoke({ client_secret: "x" })).status, 401);
  assert.ok(await works(world, token));

  for (let times = 0; times < 2; times++) {
    const { status, json } = await revoke({});
    assert.deepEqual([status, json], [200, {}]);
  }
  assert.ok(!await works(world, token));
});

Deno.test("a token in the query, or of an odd shape, is taken for what it is", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  assert.equal((await world.visit(`/api/v1/preferences?access_token=${alice.token}`)).status, 200);
  for (
    const authorization of [
      "Bearer",
      "Bearer  ",
      "Bearer a b",
      "Token x",
      `Bearer ${"x".repeat(5_000)}`,
      "Bearer __proto__",
    ]
  ) {
    const { status } = await world.visit("/api/v1/preferences", { headers: { authorization } });
    assert.equal(status, 401, authorization.slice(0, 20));
  }
});

Deno.test("userinfo tells who somebody is to apps that may know", async () => {
  await using world = await newWorld();
  const client = await register(world);
  const alice = await world.person("alice");
  const browser = await signIn(world, alice);
  const tokenOf = async (scope: string) =>
    (await exchange(world, client, await codeFor(browser, client, { scope }))).json.access_token;
  const ask = async (scope: string, method = "GET") =>
    await world.visit("/oauth/userinfo", {
      method,
      headers: { authorization: `Bearer ${await tokenOf(scope)}` },
    });
  for (const method of ["GET", "POST"]) {
    const { status, json } = await ask("profile", method);
    assert.equal(status, 200);
    assert.deepEqual([json.sub, json.preferred_username], [alice.account.uri, "alice"]);
    assert.equal(json.iss, `${world.ctx.config.baseUrl}/`);
  }
  assert.equal((await ask("read")).status, 403);
});

Deno.test("apps find out what this server can do", async () => {
  await using world = await newWorld();
  const { status, json, headers } = await world.visit("/.well-known/oauth-authorization-server");
  const base = world.ctx.config.baseUrl;
  assert.equal(status, 200);
  assert.equal(headers.get("access-control-allow-origin"), "*");
  assert.equal(json.token_endpoint, `${base}/oauth/token`);
  assert.equal(json.authorization_endpoint, `${base}/oauth/authorize`);
  assert.equal(json.app_registration_endpoint, `${base}/api/v1/apps`);
  assert.deepEqual(json.code_challenge_methods_supported, ["S256"]);
  assert.deepEqual(json.response_types_supported, ["code"]);
  assert.ok(json.scopes_supported.includes("write:statuses"));
});
