import type { Account } from "../base/entities.ts";

/** What an account is called: its display name, or its name where it has none. */
export function nameOf(account: Account): string {
  return account.display_name.trim() || account.username;
}

/** `@alice@riff.example`: how an account is found from everywhere. `domain` is that of our own people. */
export function fullHandle(account: { acct: string }, domain: string): string {
  return account.acct.includes("@") ? `@${account.acct}` : `@${account.acct}@${domain}`;
}
