import type { Ctx } from "../base/ctx.ts";
import { Invalid } from "../base/errors.ts";
import { hashToken, randomToken } from "../base/secrets.ts";
import type { App } from "./app.ts";
import { isRedirectUri } from "./redirect_uri.ts";
import { readScopes } from "./scope_list.ts";
import { insertApp } from "./store.ts";

/** An app that would like to be known. */
export interface AppDraft {
  name: string;
  website?: string;
  redirectUris: string[];
  /** Such as `read write`. Undefined: `read`. */
  scopes?: string;
}

/** Addresses that an app may return to, at the most. */
const mostRedirectUris = 50;

/** Registers an app. This is the only time that its secret is told: we keep the hash. */
export async function registerApp(ctx: Ctx, draft: AppDraft): Promise<{ app: App; clientSecret: string }> {
  const { redirectUris } = draft;
  if (draft.name.trim() === "") throw new Invalid("Validation failed: Name can't be blank");
  if (redirectUris.length === 0) throw new Invalid("Validation failed: Redirect URI can't be blank");
  if (redirectUris.length > mostRedirectUris || !redirectUris.every(isRedirectUri)) {
    throw new Invalid("Validation failed: Redirect URI must be an absolute URI of a scheme that is allowed");
  }
  const scopes = readScopes(draft.scopes);
  if (!scopes) throw new Invalid("Validation failed: Scopes doesn't match configured on the server");

  const clientSecret = randomToken(ctx.random);
  const app = await insertApp(ctx.db, {
    clientId: randomToken(ctx.random),
    clientSecretHash: hashToken(clientSecret),
    name: draft.name.trim(),
    website: webAddress(draft.website),
    redirectUris,
    scopes,
  });
  return { app, clientSecret };
}

/** People will see it as a link. Some apps send "undefined" here, which is no reason to turn them away. */
function webAddress(text: string | undefined): string | null {
  return text && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null;
}
