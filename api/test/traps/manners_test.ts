import assert from "node:assert/strict";
import { signIn } from "../browser.ts";
import {
  authorizePath,
  codeFor,
  decide,
  exchange,
  pkce,
  postForm,
  postJson,
  register,
  verifier,
} from "../oauth.ts";
import { newWorld } from "../world.ts";

/** Signing in, refusals and headers. Each trap was met in a real client. */

Deno.test("clients sign in in many ways", async (t) => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const browser = await signIn(world, alice);

  await t.step(
    "trap 24: an app's addresses are a text or a list, of schemes of their own, and kept to the byte",
    async () => {
      const odd = ["com.tapbots.Ivory.10217:/request_token", "https://elk.test/api/x/oauth/https%3A%2F%2Fy"];
      for (const redirect_uris of [odd, odd.join("\n")]) {
        const { status, json } = await postJson(world, "/api/v1/apps", {
          client_name: "x",
          redirect_uris,
          scopes: "read",
        });
        assert.equal(status, 200);
        assert.deepEqual([json.redirect_uris, json.redirect_uri], [odd, odd.join("\n")]);
        assert.deepEqual([json.client_secret_expires_at, typeof json.vapid_key], [0, "string"]);
      }
      const elk = await register(world, { redirect_uris: odd[1] });
      assert.ok(await codeFor(browser, { ...elk, redirect_uri: odd[1]! }));
    },
  );

  await t.step("trap 25: codes and apps' own tokens, by PKCE with S256; tokens last", async () => {
    const { json } = await world.visit("/.well-known/oauth-authorization-server");
    assert.deepEqual(json.grant_types_supported, ["authorization_code", "client_credentials"]);
    assert.deepEqual(json.code_challenge_methods_supported, ["S256"]);
    const client = await register(world);
    const password = { grant_type: "password", username: "alice", password: "x", ...client };
    assert.equal((await postJson(world, "/oauth/token", password)).json.error, "unsupported_grant_type");
    const { json: token } = await exchange(world, client, await codeFor(browser, client));
    assert.deepEqual(["refresh_token" in token, "expires_in" in token], [false, false]);
  });

  await t.step(
    "trap 26: a client proves itself in body or header, and is refused in OAuth's words",
    async () => {
      const client = await register(world, { scopes: "read follow" });
      const { client_id, client_secret } = client;
      const grant = { grant_type: "client_credentials", redirect_uri: client.redirect_uri };
      const basic = { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` };
      const { json: own } = await postForm(world, "/oauth/token", grant, basic);
      assert.deepEqual(
        [own.token_type, own.scope],
        ["Bearer", "read"],
        "the scope is `read` unless asked otherwise",
      );
      const refusals: [more: object, status: number, error: string][] = [
        [{ client_secret: "wrong" }, 401, "invalid_client"],
        [{ scope: "write" }, 400, "invalid_scope"],
        [{ grant_type: "authorization_code", code: "nonsense" }, 400, "invalid_grant"],
      ];
      for (const [more, status, error] of refusals) {
        const answer = await postJson(world, "/oauth/token", { ...client, ...grant, ...more });
        assert.deepEqual([answer.status, answer.json.error], [status, error]);
        assert.equal(typeof answer.json.error_description, "string");
      }
    },
  );

  await t.step(
    "trap 27: state comes back, a sign-in can be forced, and a token's age is in seconds",
    async () => {
      const client = await register(world);
      const { path } = await decide(browser, authorizePath(client, { state: "s t&", lang: "de" }));
      assert.equal(new URL(path).searchParams.get("state"), "s t&");
      const forced = await browser.open(authorizePath(client, { force_login: "true" }));
      assert.match(forced.path, /^\/auth\/sign_in/);
      const code = await codeFor(await signIn(world, alice), client, pkce);
      const { json } = await exchange(world, client, code, {
        code_verifier: verifier,
      });
      assert.ok(Number.isInteger(json.created_at) && json.created_at < 1e10);
    },
  );
});

Deno.test("clients read refusals and headers", async (t) => {
  await using world = await newWorld({ settings: { RATE_LIMITS: "on" } });
  const alice = await world.person("alice");
  const post = await alice.says("Hello");

  await t.step(
    "trap 28: what is public needs no token; one that is sent must be good and carry the scope",
    async () => {
      const narrow = await world.person("narrow", { scopes: "write" });
      const paths = [
        `accounts/${alice.id}`,
        `statuses/${post.id}`,
        "timelines/public",
        "accounts/lookup?acct=alice",
      ];
      for (const path of paths) {
        assert.equal((await world.visit(`/api/v1/${path}`)).status, 200, path);
        const { status, json } = await narrow.get(`/api/v1/${path}`);
        assert.deepEqual([status, json.error], [403, "This action is outside the authorized scopes"], path);
      }
    },
  );

  await t.step("trap 29: every refusal is JSON with an error, in Mastodon's status and words", async () => {
    const secret = await alice.says("x", { visibility: "private" });
    const bob = await world.person("bob");
    for (const path of ["statuses/1", `statuses/${secret.id}`, "accounts/1", "lists/1", "nothing/at/all"]) {
      const { status, json } = await bob.get(`/api/v1/${path}`);
      assert.deepEqual([status, typeof json.error], [404, "string"], path);
    }
    assert.equal((await bob.get(`/api/v1/statuses/${secret.id}`)).json.error, "Record not found");
    await alice.post("/api/v1/markers", { home: { last_read_id: post.id } });
    const late = await alice.post("/api/v1/markers", { home: { last_read_id: post.id, version: 99 } });
    assert.equal(late.status, 409);
    assert.equal((await alice.get("/api/v1/timelines/home?limit=x")).status, 400);
  });

  await t.step(
    "trap 30: how one stands with the limits is on every answer, the reset as an instant",
    async () => {
      for (
        const answer of [await alice.get("/api/v1/timelines/home"), await world.visit("/api/v2/instance")]
      ) {
        const { headers } = answer;
        assert.equal(headers.get("x-ratelimit-limit"), "300");
        assert.ok(Number(headers.get("x-ratelimit-remaining")) < 300);
        assert.match(headers.get("x-ratelimit-reset")!, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
      }
    },
  );

  await t.step("trap 31: web apps may call from anywhere, are told so once, and see the links", async () => {
    const origin = { origin: "https://phanpy.test" };
    const shared = ["/api/v1/timelines/public", "/api/v1/nothing", "/nodeinfo/2.0", "/.well-known/host-meta"];
    for (const path of [...shared, "/.well-known/oauth-authorization-server"]) {
      const { headers } = await world.visit(path, { headers: origin });
      assert.equal(headers.get("access-control-allow-origin"), "*", path);
      const exposed = headers.get("access-control-expose-headers")!.toLowerCase().split(", ");
      for (const name of ["link", "x-ratelimit-reset", "x-request-id", "mastodon-async-refresh"]) {
        assert.ok(exposed.includes(name), `${path} exposes ${name}`);
      }
    }
    for (const path of ["/api/v1/statuses", "/oauth/token", "/oauth/revoke", "/oauth/userinfo"]) {
      const { status, headers } = await world.visit(path, { method: "OPTIONS", headers: origin });
      assert.ok(status === 204 || status === 200);
      const allowed = headers.get("access-control-allow-headers")!.toLowerCase();
      for (const name of ["authorization", "content-type", "idempotency-key"]) {
        assert.ok(allowed.includes(name));
      }
      assert.match(headers.get("access-control-allow-methods")!, /PUT.*PATCH.*DELETE/);
    }
  });

  await t.step(
    "trap 33: a thread to which no answers are being fetched does not tell apps to ask again",
    async () => {
      const { headers } = await alice.get(`/api/v1/statuses/${post.id}/context`);
      assert.equal(headers.get("mastodon-async-refresh"), null);
    },
  );

  await t.step("trap 34: no cache keeps what somebody was answered", async () => {
    for (const path of ["/api/v1/timelines/home", `/api/v1/statuses/${post.id}`, "/api/v1/statuses/1"]) {
      const { headers } = await alice.get(path);
      assert.equal(headers.get("cache-control"), "private, no-store");
      assert.match(headers.get("vary")!, /Authorization/);
      assert.match(headers.get("vary")!, /Origin/);
    }
  });
});
