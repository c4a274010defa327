import type { Ctx } from "../base/ctx.ts";
import { hashToken, randomToken } from "../base/secrets.ts";
import type { Scope } from "./scopes.ts";
import { insertToken } from "./token_store.ts";

/** What a request is signed with, as stored: the token itself is known to its holder alone. */
export interface Token {
  id: string;
  appId: string | null;
  /** Null: the app's own, from `client_credentials`. */
  accountId: string | null;
  scopes: string[];
}

/** Whom a token is for, and what it may do. */
export interface Grant {
  /** Null: the app's own. */
  accountId: string | null;
  /** Null: made by a command, for no app. */
  appId: string | null;
  scopes: readonly Scope[];
  /** The authorization code that it is given for. */
  codeHash?: string;
}

/** Makes a token. This is the only time that anybody sees it: we keep its hash. */
export async function issueToken(ctx: Ctx, grant: Grant): Promise<string> {
  const token = randomToken(ctx.random);
  await insertToken(ctx.db, {
    ...grant,
    tokenHash: hashToken(token),
    codeHash: grant.codeHash ?? null,
    createdAt: ctx.now(),
  });
  return token;
}
