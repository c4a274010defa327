import type { Ctx } from "../base/ctx.ts";
import { isId } from "../base/ids.ts";
import { type CollectionEntity, collectionUrl, showCollections } from "./entity.ts";
import { collectionsById } from "./store.ts";

/** The collections of this server that this HTML links to, by their ids, in its order. */
export function linkedIn({ config }: Ctx, html: string): string[] {
  const before = `href="${collectionUrl(config, "")}`;
  const [, ...rest] = html.split(before);
  const ids = rest.map((after) => after.slice(0, Math.max(0, after.indexOf('"'))));
  return [...new Set(ids.filter(isId))];
}

/** Which collection an address of ours leads to: its page, or its id for other servers. */
export function collectionAt(path: string): string | undefined {
  const [, id = ""] = path.match(/^(?:\/ap)?\/collections\/(\d+)\/?$/) ?? [];
  return isId(id) ? id : undefined;
}

/** Of these collections those that `viewer` may see, by their ids. */
export async function showLinked(
  ctx: Ctx,
  viewer: { id: string } | undefined,
  ids: readonly string[],
): Promise<Map<string, CollectionEntity>> {
  if (ids.length === 0) return new Map();
  const found = await collectionsById(ctx.db, viewer, ids);
  return new Map((await showCollections(ctx, viewer, found)).map((one) => [one.id, one]));
}
