import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Page, Slice } from "../base/page.ts";
import { normaliseTag } from "../base/text.ts";
import { collectionAt } from "../collections/linked.ts";
import { askHandle, askUrl } from "./ask.ts";
import { isOurs, type Resolved, resolveHandle, resolveUrl } from "./resolve.ts";
import { findPosts } from "./post_store.ts";
import type { Tag } from "../tags/tag.ts";
import { findPeople, findTags } from "./store.ts";

/** What can be found. */
export const sorts = ["accounts", "hashtags", "statuses", "collections"] as const;
export type Sort = typeof sorts[number];

export interface Found {
  accountIds: string[];
  tags: Tag[];
  postIds: string[];
  collectionIds: string[];
}

/** Longer queries are no names. */
const longest = 500;

/** How somebody searches. */
export interface Manner {
  /** Only among whom the viewer follows. */
  followed?: boolean;
  /** Who or what is unknown here is asked for elsewhere, where a member wants to know. */
  asks?: boolean;
  /** Of posts, only this account's. */
  authorId?: string;
  /** Of posts, only those between these ids. */
  between?: Pick<Page, "max" | "min" | "since">;
}

/**
 * Looks for people by handle, name or display name, for hashtags by their beginning, for posts by their words,
 * and for whatever an address leads to, collections included. `#` asks for no people, `@` for no tags. Strangers find no posts: these
 * are written for people, not for whoever collects what is said about something.
 */
export async function search(
  ctx: Ctx,
  viewer: Account | undefined,
  query: string,
  wanted: ReadonlySet<Sort>,
  slice: Slice,
  manner: Manner = {},
): Promise<Found> {
  const text = query.trim().slice(0, longest);
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url) return await searchByAddress(ctx, viewer, url, wanted, slice, manner);

  const wantsPeople = wanted.has("accounts") && !text.startsWith("#");
  const wantsTags = wanted.has("hashtags") && !text.startsWith("@");
  const tag = normaliseTag(text);
  return {
    accountIds: wantsPeople ? await searchPeople(ctx, viewer, text, slice, manner) : [],
    tags: wantsTags && tag !== "" ? await findTags(ctx.db, viewer, tag, slice) : [],
    postIds: viewer && wanted.has("statuses") ? await searchPosts(ctx, viewer, text, slice, manner) : [],
    collectionIds: [], // they have no names that anybody would know: an address leads to one
  };
}

async function searchPosts(
  ctx: Ctx,
  viewer: Account,
  text: string,
  { limit, offset }: Slice,
  { authorId, between }: Manner,
): Promise<string[]> {
  return await findPosts(ctx.db, viewer, { text, authorId }, { limit, ...between }, offset);
}

/** People alone. Whoever is called exactly so stands first. */
export async function searchPeople(
  ctx: Ctx,
  viewer: Account | undefined,
  query: string,
  slice: Slice,
  { followed = false, asks = false }: Manner = {},
): Promise<string[]> {
  const [name, domain] = query.trim().slice(0, longest).toLowerCase().replace(/^@/, "").split("@");
  if (!name) return [];
  const isOurs = domain === undefined || domain === ctx.config.handleDomain;
  const found = await findPeople(ctx.db, viewer, {
    text: name,
    domain: isOurs ? undefined : domain,
    followedBy: followed ? viewer?.id : undefined,
  }, slice);
  const exact = followed || slice.offset > 0
    ? undefined
    : viewer && asks
    ? await askHandle(ctx, viewer, query)
    : await resolveHandle(ctx, query);
  if (!exact || exact.suspendedAt) return found;
  return [exact.id, ...found.filter((id) => id !== exact.id)].slice(0, slice.limit);
}

async function searchByAddress(
  ctx: Ctx,
  viewer: Account | undefined,
  url: URL,
  wanted: ReadonlySet<Sort>,
  { offset }: Slice,
  { asks }: Manner,
): Promise<Found> {
  const { account, postId }: Resolved = offset > 0
    ? {}
    : viewer && asks
    ? await askUrl(ctx, viewer, url)
    : await resolveUrl(ctx, viewer, url);
  const collectionId = isOurs(ctx, url) ? collectionAt(url.pathname) : undefined;
  return {
    accountIds: account && wanted.has("accounts") ? [account.id] : [],
    tags: [],
    postIds: postId && wanted.has("statuses") ? [postId] : [],
    collectionIds: collectionId && wanted.has("collections") && offset === 0 ? [collectionId] : [],
  };
}
