import { timestamp } from "../accounts/entity.ts";
import type { Config } from "../base/config.ts";
import type { Ctx } from "../base/ctx.ts";
import { escapeHtml } from "../base/html.ts";
import type { Collection, Item } from "./collection.ts";
import { itemsOf } from "./store.ts";

/** Mastodon's `Collection`. */
export interface CollectionEntity {
  id: string;
  account_id: string;
  uri: string;
  url: string | null;
  name: string;
  description: string;
  language: string | null;
  local: boolean;
  sensitive: boolean;
  discoverable: boolean;
  tag: { name: string; url: string } | null;
  created_at: string;
  updated_at: string;
  item_count: number;
  items: CollectionItemEntity[];
}

/** Mastodon's `CollectionItem`. */
export interface CollectionItemEntity {
  id: string;
  account_id: string | null;
  state: "pending" | "accepted";
  created_at: string;
}

/** As many queries for several as for one. */
export async function showCollections(
  ctx: Ctx,
  viewer: { id: string } | undefined,
  collections: readonly Collection[],
): Promise<CollectionEntity[]> {
  const items = await itemsOf(ctx.db, viewer, collections.map(({ id }) => id));
  const inside = Map.groupBy(items, ({ collectionId }) => collectionId);
  return collections.map((one) => toCollection(ctx, one, inside.get(one.id) ?? []));
}

/** Where people see it. */
export function collectionUrl({ baseUrl }: Config, id: string): string {
  return `${baseUrl}/collections/${id}`;
}

function toCollection({ config }: Ctx, one: Collection, items: readonly Item[]): CollectionEntity {
  return {
    id: one.id,
    account_id: one.accountId,
    uri: `${config.baseUrl}/ap/collections/${one.id}`,
    url: collectionUrl(config, one.id),
    name: one.name,
    description: escapeHtml(one.description),
    language: one.language,
    local: true,
    sensitive: one.isSensitive,
    discoverable: one.isDiscoverable,
    tag: one.tag === null
      ? null
      : { name: one.tag, url: `${config.baseUrl}/tags/${encodeURIComponent(one.tag)}` },
    created_at: timestamp(one.createdAt),
    updated_at: timestamp(one.updatedAt),
    item_count: items.length,
    items: items.map(toItem),
  };
}

export function toItem({ id, accountId, state, createdAt }: Item): CollectionItemEntity {
  return { id, account_id: accountId, state, created_at: timestamp(createdAt) };
}
