import type { Scope } from "../auth/scopes.ts";

/** A program that people sign in with. Anybody may register one, so its name proves nothing. */
export interface App {
  id: string;
  /** By which it is known; its secret is known to itself alone. */
  clientId: string;
  clientSecretHash: string;
  name: string;
  website: string | null;
  redirectUris: string[];
  /** The most that it may ever ask for. */
  scopes: Scope[];
}
