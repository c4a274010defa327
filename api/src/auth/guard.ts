import type { Ctx } from "../base/ctx.ts";
import { Forbidden, Invalid, Unauthorized } from "../base/errors.ts";
import { hashToken } from "../base/secrets.ts";
import type { Access, Common } from "./access.ts";
import { covers } from "./scopes.ts";
import { holderOfToken, type TokenHolder, touchToken } from "./token_store.ts";

/** Who a request with a token or a session turned out to be. */
export type Identity = Pick<Common, "viewer" | "member" | "token" | "session">;

/**
 * Who sent this API request, and whether they may use a route of this `access`. Refusals are Mastodon's: 401
 * for a bad token, 403 for one that does not carry the scope, 422 for an app where a member is needed.
 */
export async function identify(ctx: Ctx, request: Request, access: Access): Promise<Identity> {
  const sent = sentToken(request);
  if (sent === undefined) {
    if (access.kind === "app" || access.kind === "member") throw new Unauthorized();
    return {};
  }
  const holder = await holderOfToken(ctx.db, hashToken(sent));
  if (!holder) throw new Unauthorized();
  allow(holder, access);
  await noteUse(ctx, holder);
  return { token: holder.token, viewer: holder.account, member: holder.member };
}

/** The token of RFC 6750: the `Authorization` header, or else the `access_token` parameter. */
export function sentToken(request: Request): string | undefined {
  const header = request.headers.get("authorization")?.match(/^Bearer\s+(\S+)$/i)?.[1];
  if (header) return header;
  const at = request.url.indexOf("?");
  const query = at < 0 ? "" : request.url.slice(at + 1);
  return query.includes("access_token=")
    ? new URLSearchParams(query).get("access_token") ?? undefined
    : undefined;
}

function allow({ token, account, member }: TokenHolder, access: Access): void {
  const scopes = "scopes" in access ? access.scopes : [];
  if (scopes.length > 0 && !scopes.some((scope) => covers(token.scopes, scope))) {
    throw new Forbidden("This action is outside the authorized scopes");
  }
  if (!account || !member) {
    if (access.kind === "member") throw new Invalid("This method requires an authenticated user");
    return;
  }
  if (account.suspendedAt) throw new Forbidden("Your login is currently disabled");
  if (access.kind === "member" && access.evenWaiting) return;
  if (!member.confirmedAt) throw new Forbidden("Your login is missing a confirmed e-mail address");
  if (!member.approvedAt) throw new Forbidden("Your login is currently pending approval");
}

async function noteUse(ctx: Ctx, holder: TokenHolder): Promise<void> {
  const today = ctx.now().toString().slice(0, 10);
  if (holder.lastUsedOn < today) await touchToken(ctx.db, holder.token.id, today);
}
