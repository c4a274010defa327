import type { Scope } from "../auth/scopes.ts";
import { keepNewestOwnTokens } from "../auth/token_store.ts";
import { issueToken } from "../auth/tokens.ts";
import type { Ctx } from "../base/ctx.ts";
import { type Client, unknownClient } from "./client.ts";
import { OAuthRefusal } from "./oauth_refusal.ts";
import { mayAsk, readScopes } from "./scope_list.ts";

/** A token as its app is told of it. */
export interface Granted {
  token: string;
  scopes: readonly Scope[];
}

/** Tokens of its own that an app may hold at a time: some fetch one at each start. */
const mostOwnTokens = 100;

/** A token for the app itself, for nobody's account (RFC 6749, 4.4). */
export async function grantOwnToken(
  ctx: Ctx,
  { app, proven }: Client,
  scope: string | undefined,
): Promise<Granted> {
  if (!proven) throw unknownClient();
  const scopes = readScopes(scope);
  if (!scopes || !mayAsk(app.scopes, scopes)) {
    throw new OAuthRefusal("invalid_scope", "The client asks for more than it was registered for");
  }
  const token = await issueToken(ctx, { accountId: null, appId: app.id, scopes });
  await keepNewestOwnTokens(ctx.db, app.id, mostOwnTokens);
  return { token, scopes };
}
