import type { App } from "./app.ts";

/** Mastodon's `Application`. `vapid_key` has moved to the instance, but clients still look for it. */
export function toApplication(app: App) {
  return {
    id: app.id,
    name: app.name,
    website: app.website,
    scopes: app.scopes,
    redirect_uri: app.redirectUris.join("\n"),
    redirect_uris: app.redirectUris,
    vapid_key: "",
  };
}

/** Mastodon's `CredentialApplication`, told once. A secret does not expire. */
export function toCredentialApplication(app: App, clientSecret: string) {
  return {
    ...toApplication(app),
    client_id: app.clientId,
    client_secret: clientSecret,
    client_secret_expires_at: 0,
  };
}
