import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { NotFound } from "../base/errors.ts";
import { hashToken, randomToken } from "../base/secrets.ts";
import { changeRole } from "./change_role.ts";
import { deleteLinks, insertLink, useLink, workingLink } from "./link_store.ts";
import { hasAdmin } from "./store.ts";

/**
 * A link that makes whoever follows it an admin, once; undefined where there is an admin already. A new one
 * takes the place of the one before.
 */
export async function makeAdminLink(ctx: Ctx): Promise<string | undefined> {
  return await transaction(ctx, async (ctx) => {
    if (await hasAdmin(ctx.db)) return undefined;
    const token = randomToken(ctx.random);
    await deleteLinks(ctx.db, "admin");
    await insertLink(ctx.db, {
      tokenHash: hashToken(token),
      purpose: "admin",
      accountId: null,
      email: null,
      createdAt: ctx.now(),
      expiresAt: null,
    });
    return `${ctx.config.baseUrl}/auth/admin/${token}`;
  });
}

/** Whether this link makes somebody an admin: not any more where there is one. */
export async function adminLinkWorks(ctx: Ctx, token: string): Promise<boolean> {
  const link = await workingLink(ctx.db, hashToken(token), "admin", ctx.now());
  return link !== undefined && !await hasAdmin(ctx.db);
}

/** Throws `NotFound` for a link that does not work, or no longer because there is an admin. */
export async function checkAdminLink(ctx: Ctx, token: string): Promise<void> {
  if (!await adminLinkWorks(ctx, token)) throw new NotFound();
}

/** Makes this account an admin, if the link works. */
export async function followAdminLink(ctx: Ctx, token: string, account: Account): Promise<void> {
  await transaction(ctx, async (ctx) => {
    if (!await useLink(ctx.db, hashToken(token), "admin", ctx.now())) throw new NotFound();
    if (await hasAdmin(ctx.db)) throw new NotFound();
    await changeRole(ctx, account, "admin", account);
  });
}
