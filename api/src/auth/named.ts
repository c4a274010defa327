import { type Account, readHandle } from "../accounts/account.ts";
import { accountByHandle } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { NotFound } from "../base/errors.ts";
import { type Entry, roster } from "./roster_store.ts";

/** The account that somebody names: `alice`, `@alice`, `rimu@elsewhere.test`. Throws `NotFound`. */
export async function accountNamed(ctx: Ctx, name: string): Promise<Account> {
  const handle = readHandle(name, ctx.config.handleDomain);
  const account = handle && await accountByHandle(ctx.db, handle.username, handle.domain);
  if (!account) throw new NotFound(`There is no account ${name} here`);
  return account;
}

/** The same for those alone who live here. */
export async function memberNamed(ctx: Ctx, name: string): Promise<Entry> {
  const account = await accountNamed(ctx, name);
  const [entry] = await roster(ctx.db, { accountId: account.id, most: 1 });
  if (!entry) throw new NotFound(`${name} is not a member here: only its own server can do that`);
  return entry;
}
