import { z } from "zod";
import { handleOf } from "../accounts/account.ts";
import { toEntity } from "../accounts/entity.ts";
import { app, type Call, type Handler, type Known, member, open, type Route } from "../auth/access.ts";
import { scopes } from "../auth/scopes.ts";
import { Invalid, Unauthorized } from "../base/errors.ts";
import { listOf, parse, text } from "../base/schema.ts";
import { type Client, readClient } from "./client.ts";
import { toApplication, toCredentialApplication } from "./entity.ts";
import { exchangeCode } from "./exchange_code.ts";
import { OAuthRefusal } from "./oauth_refusal.ts";
import { type Granted, grantOwnToken } from "./own_token.ts";
import { registerApp } from "./register.ts";
import { revokeToken } from "./revoke.ts";
import { appById } from "./store.ts";

const registration = z.object({
  client_name: text(60),
  website: text(2_000).optional(),
  redirect_uris: listOf(text(10_000)),
  scopes: listOf(text(2_000)).optional(),
});

const token = text(1_000).optional();
const client = { client_id: token, client_secret: token };
const tokenRequest = z.object({
  ...client,
  grant_type: text(100),
  code: token,
  redirect_uri: text(2_000).optional(),
  code_verifier: token,
  scope: text(2_000).optional(),
});
const revocation = z.object({ ...client, token: text(1_000).default("") });

/** OAuth 2 and the registration of apps, as Mastodon has them. */
export const api: Route[] = [
  open("POST", "/api/v1/apps", async (c) => {
    const { ctx, input } = c.var;
    const asked = parse(registration, input);
    const { app, clientSecret } = await registerApp(ctx, {
      name: asked.client_name,
      website: asked.website,
      // A string holds one on each line.
      redirectUris: asked.redirect_uris.flatMap((uris) => uris.split(/\s+/)).filter((uri) => uri !== ""),
      scopes: asked.scopes?.join(" "),
    });
    return c.json(toCredentialApplication(app, clientSecret));
  }),

  app("GET", "/api/v1/apps/verify_credentials", [], async (c) => {
    const { ctx, token } = c.var;
    const app = token.appId ? await appById(ctx.db, token.appId) : undefined;
    if (!app) throw new Unauthorized();
    return c.json(toApplication(app));
  }),

  open("POST", "/oauth/token", inOAuth(async (c) => answerGrant(c, await grant(c)))),

  open(
    "POST",
    "/oauth/revoke",
    inOAuth(async (c) => {
      const asked = parse(revocation, c.var.input);
      await revokeToken(c.var.ctx, await clientOf(c, asked), asked.token);
      return c.json({});
    }),
  ),

  member("GET", "/oauth/userinfo", "profile", userInfo),
  member("POST", "/oauth/userinfo", "profile", userInfo),

  open("GET", "/.well-known/oauth-authorization-server", (c) => c.json(metadata(c.var.ctx.config.baseUrl))),
];

/** RFC 6749, 5: which kind of grant this is. */
async function grant(c: Call): Promise<Granted> {
  const { ctx } = c.var;
  const asked = parse(tokenRequest, c.var.input);
  const client = await clientOf(c, asked);
  switch (asked.grant_type) {
    case "client_credentials":
      return await grantOwnToken(ctx, client, asked.scope);
    case "authorization_code":
      if (!asked.code) throw new OAuthRefusal("invalid_request", "Missing required parameter: code");
      return await exchangeCode(ctx, client, {
        code: asked.code,
        redirectUri: asked.redirect_uri,
        codeVerifier: asked.code_verifier,
      });
    default:
      throw new OAuthRefusal("unsupported_grant_type", "The authorization grant type is not supported");
  }
}

function clientOf(c: Call, asked: { client_id?: string; client_secret?: string }): Promise<Client> {
  return readClient(c.var.ctx, {
    authorization: c.req.header("authorization"),
    clientId: asked.client_id,
    clientSecret: asked.client_secret,
  });
}

function answerGrant(c: Call, { token, scopes }: Granted): Response {
  return c.json({
    access_token: token,
    token_type: "Bearer",
    scope: scopes.join(" "),
    created_at: Math.floor(c.var.ctx.now().epochMilliseconds / 1000),
  });
}

/** Answers refusals as OAuth's back channel has them (RFC 6749, 5.2), and lets no cache keep a token. */
function inOAuth(handle: Handler): Handler {
  return async (c) => {
    c.header("cache-control", "no-store");
    c.header("pragma", "no-cache");
    try {
      return await handle(c);
    } catch (error) {
      if (error instanceof Invalid) return c.json(described("invalid_request", error.message), 400);
      if (!(error instanceof OAuthRefusal)) throw error;
      if (error.status === 401) c.header("www-authenticate", 'Basic realm="riff"');
      return c.json(described(error.fault, error.message), error.status);
    }
  };
}

function described(error: string, description: string) {
  return { error, error_description: description };
}

/** OpenID Connect's userinfo, without the rest of it. */
function userInfo(c: Call<Known>): Response {
  const { ctx, me } = c.var;
  return c.json({
    iss: issuer(ctx.config.baseUrl),
    sub: me.uri,
    name: me.displayName,
    preferred_username: handleOf(me),
    profile: me.url,
    picture: toEntity(ctx, me).avatar,
  });
}

/** RFC 8414: how apps find out what we can do. */
function metadata(baseUrl: string) {
  return {
    issuer: issuer(baseUrl),
    service_documentation: "https://docs.joinmastodon.org/",
    authorization_endpoint: `${baseUrl}/oauth/authorize`,
    token_endpoint: `${baseUrl}/oauth/token`,
    userinfo_endpoint: `${baseUrl}/oauth/userinfo`,
    revocation_endpoint: `${baseUrl}/oauth/revoke`,
    app_registration_endpoint: `${baseUrl}/api/v1/apps`,
    scopes_supported: scopes,
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: ["authorization_code", "client_credentials"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
    code_challenge_methods_supported: ["S256"],
  };
}

/** With the slash at the end, as Mastodon writes it. */
function issuer(baseUrl: string): string {
  return `${baseUrl}/`;
}
