import { deleteToken, deleteTokensFor, tokenByHash } from "../auth/token_store.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { hashToken } from "../base/secrets.ts";
import type { Client } from "./client.ts";
import { deleteCodesOf } from "./code_store.ts";
import { OAuthRefusal } from "./oauth_refusal.ts";

/** An app gives a token back (RFC 7009). One that there is not is as good as revoked. */
export async function revokeToken(ctx: Ctx, { app }: Client, token: string): Promise<void> {
  const known = await tokenByHash(ctx.db, hashToken(token));
  if (!known) return;
  if (known.appId !== app.id) {
    throw new OAuthRefusal("unauthorized_client", "You are not authorized to revoke this token", 403);
  }
  await deleteToken(ctx.db, known.id);
}

/** A member no longer lets an app in. */
export async function revokeApp(ctx: Ctx, accountId: string, appId: string): Promise<void> {
  await transaction(ctx, async ({ db }) => {
    await deleteCodesOf(db, accountId, appId);
    await deleteTokensFor(db, accountId, appId);
  });
}
