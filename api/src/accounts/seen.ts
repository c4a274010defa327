import type { Ctx } from "../base/ctx.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { type Account, isLocal } from "./account.ts";
import { accountByFormerName, accountByHandle, accountByUri, accountsLetIn } from "./store.ts";

/** The account as everybody may see it. Missing, gone, and not let in yet are the same refusal: NotFound. */
export async function seenAccount(ctx: Ctx, id: string): Promise<Account> {
  const account = (await seenAccounts(ctx, [id])).get(id);
  if (!account) throw new NotFound();
  return account;
}

/** Several of them; who can't be seen is left out. */
export async function seenAccounts(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Account>> {
  return await accountsLetIn(ctx.db, ids.filter(isId));
}

/** The account of that name, or whose name it was before they were renamed. */
export async function seenByHandle(
  ctx: Ctx,
  { username, domain }: { username: string; domain: string | null },
): Promise<Account> {
  const present = await accountByHandle(ctx.db, username, domain) ??
    (domain === null ? await accountByFormerName(ctx.db, username) : undefined);
  if (!present) throw new NotFound();
  return await seenAccount(ctx, present.id);
}

/** The account of ours that has this ActivityPub id. Whoever lives elsewhere is not found, nor is nobody's own. */
export async function ourAccountAt(ctx: Ctx, uri: URL | null): Promise<Account> {
  const known = uri && await accountByUri(ctx.db, uri.href);
  if (!known || !isLocal(known) || known.kind === "application") throw new NotFound();
  return await seenAccount(ctx, known.id);
}
