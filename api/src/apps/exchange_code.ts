import { deleteTokensOfCode } from "../auth/token_store.ts";
import { issueToken } from "../auth/tokens.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { hashToken, timingSafeEqual } from "../base/secrets.ts";
import { type Client, unknownClient } from "./client.ts";
import { lockCode, markUsed, type StoredCode } from "./code_store.ts";
import { OAuthRefusal } from "./oauth_refusal.ts";
import type { Granted } from "./own_token.ts";

/** What an app brings along (RFC 6749, 4.1.3, and RFC 7636, 4.5). */
export interface Exchange {
  code: string;
  redirectUri?: string;
  codeVerifier?: string;
}

/**
 * Turns a code into a token, once. Whoever brings it a second time may have stolen it, or been stolen from:
 * then what was given for it ends (RFC 6749, 4.1.2). A client that proves itself by PKCE need not show its
 * secret, as public clients do in OAuth 2.1.
 */
export async function exchangeCode(ctx: Ctx, { app, proven }: Client, exchange: Exchange): Promise<Granted> {
  const codeHash = hashToken(exchange.code);
  const granted = await transaction(ctx, async (ctx) => {
    const code = await lockCode(ctx.db, codeHash);
    if (!code || code.appId !== app.id) return undefined;
    if (!proven && !code.codeChallenge) throw unknownClient();
    if (code.usedAt) return await deleteTokensOfCode(ctx.db, codeHash);
    if (!fits(code, exchange, ctx.now())) return undefined;
    await markUsed(ctx.db, codeHash, ctx.now());
    const { accountId, scopes } = code;
    return { token: await issueToken(ctx, { appId: app.id, accountId, scopes, codeHash }), scopes };
  });
  if (!granted) {
    throw new OAuthRefusal(
      "invalid_grant",
      "The code is invalid, expired, used, or does not match the redirect URI or the verifier",
    );
  }
  return granted;
}

function fits(code: StoredCode, { redirectUri, codeVerifier }: Exchange, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(code.expiresAt, now) > 0 && code.redirectUri === redirectUri &&
    isVerified(code.codeChallenge, codeVerifier);
}

/** A verifier where none was announced is refused as well: somebody may have cut the challenge off. */
function isVerified(challenge: string | null, verifier: string | undefined): boolean {
  if (challenge === null || verifier === undefined) return challenge === null && verifier === undefined;
  // RFC 7636, 4.6: the base64url of the SHA-256 of the verifier, as our tokens' hashes are.
  return /^[\w.~-]{43,128}$/.test(verifier) && timingSafeEqual(hashToken(verifier), challenge);
}
