import assert from "node:assert/strict";
import { sql } from "kysely";
import { postForm, postJson, register } from "../../test/oauth.ts";
import { newWorld, tokenFor } from "../../test/world.ts";
import { isRedirectUri } from "./redirect_uri.ts";

Deno.test("an app is registered by JSON, by form, and by a form that forgets to say so", async () => {
  await using world = await newWorld();
  const uris = "https://kettle.test/a\nkettle.app:/b";
  const asked = {
    client_name: "Kettle",
    redirect_uris: uris,
    scopes: "read write:statuses",
    website: "https://kettle.test",
  };
  const answers = [
    await postJson(world, "/api/v1/apps", asked),
    await postJson(world, "/api/v1/apps", { ...asked, redirect_uris: uris.split("\n") }),
    await postForm(world, "/api/v1/apps", asked),
    await postForm(world, "/api/v1/apps", asked, { "content-type": "text/plain" }),
  ];
  for (const { status, json } of answers) {
    assert.equal(status, 200);
    const { id, client_id, client_secret, ...rest } = json;
    assert.match(id, /^\d+$/);
    assert.match(client_id, /^[\w-]{43}$/);
    assert.match(client_secret, /^[\w-]{43}$/);
    assert.deepEqual(rest, {
      name: "Kettle",
      website: "https://kettle.test",
      scopes: ["read", "write:statuses"],
      redirect_uri: uris,
      redirect_uris: uris.split("\n"),
      vapid_key: "",
      client_secret_expires_at: 0,
    });
  }
});

Deno.test("an app that names no scope may read, and a website that is none is left out", async () => {
  await using world = await newWorld();
  const { json } = await postJson(world, "/api/v1/apps", {
    client_name: "Kettle",
    redirect_uris: "urn:ietf:wg:oauth:2.0:oob",
    website: "undefined",
  });
  assert.deepEqual([json.scopes, json.website], [["read"], null]);
});

Deno.test("an app without a name, an address to return to, or with scopes that there are not, is refused", async () => {
  await using world = await newWorld();
  const right = { client_name: "Kettle", redirect_uris: "https://kettle.test/" };
  const wrong: unknown[] = [
    {},
    [],
    { ...right, client_name: "" },
    { ...right, client_name: " " },
    { ...right, client_name: "x".repeat(61) },
    { ...right, client_name: { a: 1 } },
    { ...right, redirect_uris: "" },
    { ...right, redirect_uris: [] },
    { ...right, redirect_uris: [{}] },
    { ...right, redirect_uris: "kettle" },
    { ...right, redirect_uris: "https://kettle.test/ javascript:alert(1)" },
    { ...right, redirect_uris: Array(51).fill("https://kettle.test/") },
    { ...right, scopes: "read fly" },
    { ...right, scopes: "__proto__" },
    { ...right, scopes: { a: 1 } },
  ];
  for (const body of wrong) {
    const { status, json } = await postJson(world, "/api/v1/apps", body);
    assert.equal(status, Array.isArray(body) ? 400 : 422, JSON.stringify(body));
    assert.equal(typeof json.error, "string");
  }
});

Deno.test("apps are returned to at web addresses and schemes of their own, and never made to run something", () => {
  const right = [
    "https://kettle.test/callback?x=1",
    "http://localhost:3000/",
    "http://127.0.0.1:9/cb",
    "com.tapbots.Ivory.10217:/request_token",
    "icecubesapp://",
    "oauth2redirect://com.keylesspalace.tusky/",
    "mastodon-android-auth://callback",
    "https://elk.test/api/riff.test/oauth/https%3A%2F%2Fmain.elk.test",
    "urn:ietf:wg:oauth:2.0:oob",
  ];
  for (const uri of right) assert.ok(isRedirectUri(uri), uri);
  const wrong = [
    "",
    "kettle",
    "/callback",
    "//kettle.test/",
    "https:",
    "https:kettle.test",
    "https:///kettle.test",
    "https://kettle.test/#fragment",
    "https://kettle.test/ü",
    "https://kettle.test/\tx",
    "javascript:alert(1)",
    "JavaScript://kettle.test/%0aalert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://kettle.test/x",
    "about:blank",
  ];
  for (const uri of wrong) assert.ok(!isRedirectUri(uri), uri);
});

Deno.test("an app finds out about itself by its own token and by its members'", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const client = await register(world);
  const { json: own } = await postJson(world, "/oauth/token", {
    grant_type: "client_credentials",
    ...client,
  });
  const verify = (token: string) =>
    world.visit("/api/v1/apps/verify_credentials", { headers: { authorization: `Bearer ${token}` } });
  const { status, json } = await verify(own.access_token);
  assert.equal(status, 200);
  assert.equal(json.name, "Kettle");
  assert.deepEqual(json.redirect_uris, ["https://kettle.test/callback"]);
  assert.ok(!("client_secret" in json));
  assert.equal((await verify("nonsense")).status, 401);
  assert.equal(
    (await verify(await tokenFor(world.ctx, alice.account, "read"))).status,
    401,
    "a token of no app",
  );
});

Deno.test("the database holds no secret of an app", async () => {
  await using world = await newWorld();
  const client = await register(world);
  const { rows } = await sql`select * from apps`.execute(world.ctx.db);
  assert.ok(JSON.stringify(rows).includes(client.client_id));
  assert.ok(!JSON.stringify(rows).includes(client.client_secret));
});
