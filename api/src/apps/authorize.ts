import type { Account } from "../accounts/account.ts";
import type { Scope } from "../auth/scopes.ts";
import type { Ctx } from "../base/ctx.ts";
import { hashToken, randomToken } from "../base/secrets.ts";
import type { App } from "./app.ts";
import { insertCode } from "./code_store.ts";
import { OAuthRefusal } from "./oauth_refusal.ts";
import { mayAsk, readScopes } from "./scope_list.ts";
import { appByClientId } from "./store.ts";

/** What an app sends people here with (RFC 6749, 4.1.1, and RFC 7636, 4.3). */
export interface AuthorizationRequest {
  response_type?: string;
  client_id?: string;
  redirect_uri?: string;
  scope?: string;
  state?: string;
  code_challenge?: string;
  code_challenge_method?: string;
}

/** The same, understood and found to be in order. */
export interface Authorization {
  app: App;
  redirectUri: string;
  scopes: Scope[];
  codeChallenge: string | null;
}

/** How long an app has to fetch its token. */
const codeLifetime = Temporal.Duration.from({ minutes: 10 });

/**
 * Reads an app's request. Every fault is told to the person here: anybody can register an app, so sending
 * browsers on to an address before somebody has agreed would make us a springboard (RFC 9700, 4.11.2).
 */
export async function readAuthorization(ctx: Ctx, request: AuthorizationRequest): Promise<Authorization> {
  const app = await appByClientId(ctx.db, request.client_id ?? "");
  if (!app) throw new OAuthRefusal("invalid_client", "There is no such client");
  const redirectUri = app.redirectUris.find((uri) => uri === request.redirect_uri);
  if (redirectUri === undefined) {
    throw new OAuthRefusal("invalid_request", "The redirect URI is not one of this client's");
  }
  if (request.response_type !== "code") {
    throw new OAuthRefusal("unsupported_response_type", "Only the response type code is supported");
  }
  const scopes = readScopes(request.scope);
  if (!scopes || !mayAsk(app.scopes, scopes)) {
    throw new OAuthRefusal("invalid_scope", "The client asks for more than it was registered for");
  }
  return { app, redirectUri, scopes, codeChallenge: readChallenge(request) };
}

/** PKCE with S256 alone: `plain`, which is meant where no method is named, protects from nothing. */
function readChallenge(request: AuthorizationRequest): string | null {
  if (!request.code_challenge) return null;
  if (request.code_challenge_method !== "S256" || !/^[\w-]{43}$/.test(request.code_challenge)) {
    throw new OAuthRefusal("invalid_request", "The code challenge must be one of the method S256");
  }
  return request.code_challenge;
}

/** Lets an app act for somebody who has agreed. Answers the code that it can turn into a token, once. */
export async function authorize(ctx: Ctx, member: Account, granted: Authorization): Promise<string> {
  const code = randomToken(ctx.random);
  await insertCode(ctx.db, {
    codeHash: hashToken(code),
    appId: granted.app.id,
    accountId: member.id,
    redirectUri: granted.redirectUri,
    scopes: granted.scopes,
    codeChallenge: granted.codeChallenge,
    expiresAt: ctx.now().add(codeLifetime),
  });
  return code;
}
