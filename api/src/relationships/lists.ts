import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Listed, Page } from "../base/page.ts";
import { followedBy, followersOf } from "./follow_store.ts";
import { endorsedBy } from "./own_store.ts";
import { blockersAmong } from "./store.ts";

/** Who follows `account`, the latest first, as far as `viewer` may know. */
export async function listFollowers(
  ctx: Ctx,
  viewer: Account | undefined,
  account: Account,
  page: Page,
): Promise<Listed[]> {
  if (await isKeptFrom(ctx, viewer, account)) return [];
  return await followersOf(ctx.db, account.id, stranger(viewer, account), page);
}

/** Whom `account` follows, in the same way. */
export async function listFollowing(
  ctx: Ctx,
  viewer: Account | undefined,
  account: Account,
  page: Page,
): Promise<Listed[]> {
  if (await isKeptFrom(ctx, viewer, account)) return [];
  return await followedBy(ctx.db, account.id, stranger(viewer, account), page);
}

/** Whom `account` recommends, in the same way: who hides whom they follow may recommend them all the same. */
export async function listEndorsed(
  ctx: Ctx,
  viewer: Account | undefined,
  account: Account,
  page: Page,
): Promise<Listed[]> {
  if (await isKeptFrom(ctx, viewer, { ...account, hidesCollections: false })) return [];
  return await endorsedBy(ctx.db, account.id, stranger(viewer, account), page);
}

async function isKeptFrom(ctx: Ctx, viewer: Account | undefined, account: Account): Promise<boolean> {
  if (account.suspendedAt) return true;
  if (viewer?.id === account.id) return false;
  if (account.hidesCollections) return true;
  return viewer !== undefined && (await blockersAmong(ctx.db, viewer.id, [account.id])).has(account.id);
}

/** On other people's lists nobody comes across whom they block or mute; one's own are shown whole. */
function stranger(viewer: Account | undefined, account: Account): string | undefined {
  return viewer?.id === account.id ? undefined : viewer?.id;
}
