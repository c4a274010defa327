import { type Account, readHandle } from "../accounts/account.ts";
import { seenAccount, seenByHandle } from "../accounts/seen.ts";
import type { Ctx } from "../base/ctx.ts";
import { Refusal } from "../base/errors.ts";
import { FetchFailed } from "../base/fetched.ts";
import { seenPost } from "../posts/seen.ts";
import type { Viewer } from "../posts/visibility.ts";
import { knownByUri } from "./store.ts";

/** What an address or handle leads to. */
export interface Resolved {
  account?: Account;
  postId?: string;
}

/** The account that is called exactly so; undefined where `text` is no handle, or nobody's. */
export async function resolveHandle(ctx: Ctx, text: string): Promise<Account | undefined> {
  const handle = readHandle(text, ctx.config.handleDomain);
  return handle && await orNothing(seenByHandle(ctx, handle));
}

/**
 * What an address leads to, as far as we know it and `viewer` may see it: the page of an account or post, or
 * its ActivityPub id. Nothing is fetched.
 */
export async function resolveUrl(ctx: Ctx, viewer: Viewer, url: URL): Promise<Resolved> {
  return (isOurs(ctx, url) ? await byPath(ctx, viewer, url.pathname) : undefined) ??
    await byUri(ctx, viewer, url.href);
}

/** Whether it is an address of this server. */
export function isOurs(ctx: Ctx, url: URL): boolean {
  return url.origin === new URL(ctx.config.baseUrl).origin;
}

/** `/@alice` and `/@alice/ID`: an ActivityPub id of ours is found as everybody's is. */
async function byPath(ctx: Ctx, viewer: Viewer, path: string): Promise<Resolved | undefined> {
  const [, handle, postId] = path.match(/^\/(@[^/]+)(?:\/(\d+))?\/?$/) ?? [];
  if (handle === undefined) return undefined;
  return postId === undefined
    ? { account: await resolveHandle(ctx, handle) }
    : { postId: (await orNothing(seenPost(ctx, viewer, postId)))?.id };
}

async function byUri(ctx: Ctx, viewer: Viewer, uri: string): Promise<Resolved> {
  const { accountId, postId } = await knownByUri(ctx.db, uri);
  return {
    account: accountId ? await orNothing(seenAccount(ctx, accountId)) : undefined,
    postId: postId ? (await orNothing(seenPost(ctx, viewer, postId)))?.id : undefined,
  };
}

/** What can't be found, or can't be had just now, is nothing. */
export async function orNothing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Refusal || error instanceof FetchFailed) return undefined;
    throw error;
  }
}
