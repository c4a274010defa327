import { createOAuthAPIClient, createRestAPIClient } from "masto";
import generator from "megalodon";
import assert from "node:assert/strict";
import { signIn } from "../browser.ts";
import { codeFor, pkce, verifier } from "../oauth.ts";
import { request } from "../person.ts";
import type { Cast } from "./cast.ts";

/** What anybody may know of a server: documents at fixed places, and the instance. */
export async function about({ anyone, world }: Cast): Promise<void> {
  const { v1, v2 } = anyone.masto;
  assert.equal((await v2.instance.fetch()).domain, world.ctx.config.handleDomain);
  await v1.instance.fetch();
  await v1.customEmojis.list();
  await anyone.megalodon.getInstance();
  await anyone.megalodon.getInstanceCustomEmojis();
  const acct = encodeURIComponent(`acct:alice@${world.ctx.config.handleDomain}`);
  const plain = [
    `/.well-known/webfinger?resource=${acct}`,
    ...["host-meta", "host-meta.json", "nodeinfo", "oauth-authorization-server", "security.txt"]
      .concat("change-password").map((name) => `/.well-known/${name}`),
    ...["/nodeinfo/2.0", "/nodeinfo/2.1", "/api/v1/instance/rules"],
  ];
  for (const path of plain) {
    const { status } = await request(anyone.urls.plain, path);
    assert.ok(status < 400, `${path} is answered ${status}`);
  }
}

/** Apps, tokens, and signing up. */
export async function apps({ alice, anyone, world }: Cast): Promise<void> {
  const redirectUri = "kettle://signed-in";
  const client = await anyone.masto.v1.apps.create({
    clientName: "Kettle",
    redirectUris: redirectUri,
    scopes: "read write follow profile",
  });
  const mine = { clientId: client.clientId!, clientSecret: client.clientSecret!, redirectUri };
  const oauth = createOAuthAPIClient({ url: anyone.urls.masto });
  const own = await oauth.token.create({ grantType: "client_credentials", ...mine, scope: "read write" });
  const app = createRestAPIClient({ url: anyone.urls.masto, accessToken: own.accessToken });
  assert.equal((await app.v1.apps.verifyCredentials()).name, "Kettle");
  const zoe = await app.v1.accounts.create({
    ...{ username: "zoe", email: "zoe@mail.test", password: "correct horse of zoe" },
    ...{ agreement: true, locale: "en" },
  });
  const newcomer = createRestAPIClient({ url: anyone.urls.masto, accessToken: zoe.accessToken });
  await newcomer.v1.emails.confirmations.create({ email: "zoe@post.test" });
  await alice.plain.get("/api/v1/emails/check_confirmation");

  const browser = await signIn(world, await world.person("alice"));
  const known = { client_id: mine.clientId, client_secret: mine.clientSecret, redirect_uri: redirectUri };
  const code = await codeFor(browser, known, { scope: "read profile", ...pkce });
  const token = await oauth.token.create({
    grantType: "authorization_code",
    ...mine,
    code,
    ...{ codeVerifier: verifier }, // its types do not know PKCE yet; it sends what it is given
  });
  const bearer = { authorization: `Bearer ${token.accessToken}` };
  for (const method of ["GET", "POST"]) {
    const { json } = await request(anyone.urls.plain, "/oauth/userinfo", { method, headers: bearer });
    assert.equal(json.preferred_username, "alice");
  }
  await oauth.revoke({ ...mine, token: token.accessToken });
  const gone = await request(anyone.urls.plain, "/api/v1/accounts/verify_credentials", { headers: bearer });
  assert.equal(gone.status, 401);
}

/** The same once more as megalodon asks. */
export async function appsByMegalodon({ anyone, world }: Cast): Promise<void> {
  const client = await anyone.megalodon.registerApp("Mega", { scopes: ["read", "write"] });
  assert.match(client.url!, /\/oauth\/authorize\?/);
  const { client_id, client_secret } = client;
  const redirect_uri = "urn:ietf:wg:oauth:2.0:oob";
  const browser = await signIn(world, await world.person("bob"));
  const asked = new URLSearchParams({ response_type: "code", client_id, redirect_uri, scope: "read write" });
  const page = await browser.open(`/oauth/authorize?${asked}`);
  const { path } = await browser.press(page, "/oauth/authorize", { decision: "allow" });
  const code = new URLSearchParams(path.split("?")[1]).get("code")!;
  const token = await anyone.megalodon.fetchAccessToken(client_id, client_secret, code, redirect_uri);
  const bob = generator("mastodon", anyone.urls.megalodon, token.access_token);
  assert.equal((await bob.verifyAccountCredentials()).data.acct, "bob");
  await bob.verifyAppCredentials();
  await anyone.megalodon.revokeToken(client_id, client_secret, token.access_token);
  await assert.rejects(() => bob.verifyAccountCredentials());
}
