import { type Account, isLocal } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { type Db, transaction } from "../base/db.ts";
import { Forbidden, Invalid, NotFound } from "../base/errors.ts";
import { maxCollections } from "../instance/limits.ts";
import { emit } from "../base/events.ts";
import { tagOfName } from "../tags/store.ts";
import { type Collection, type CollectionDraft, type Item, maxItems } from "./collection.ts";
import {
  collectionById,
  deleteItem,
  insertCollection,
  insertItem,
  itemsOf,
  mayCollect,
  revokeItem,
  updateCollection,
} from "./store.ts";

/** Somebody begins a collection, with these people in it. */
export async function beginCollection(
  ctx: Ctx,
  owner: Account,
  draft: CollectionDraft,
  people: readonly Account[],
): Promise<Collection> {
  return await transaction(ctx, async (ctx) => {
    await knowTag(ctx, draft);
    const id = await insertCollection(ctx.db, owner.id, draft, { most: maxCollections, at: ctx.now() });
    if (!id) throw new Invalid("Validation failed: You have reached the maximum number of collections");
    const collection = (await collectionById(ctx.db, owner, id))!;
    for (const whom of people) await collect(ctx, owner, collection, whom);
    return (await collectionById(ctx.db, owner, id))!;
  });
}

export async function changeCollection(
  ctx: Ctx,
  owner: Account,
  { id }: Collection,
  draft: CollectionDraft,
): Promise<Collection> {
  return await transaction(ctx, async (ctx) => {
    await knowTag(ctx, draft);
    await updateCollection(ctx.db, id, draft, ctx.now());
    await emit(ctx, "collection.changed", { collectionId: id });
    return (await collectionById(ctx.db, owner, id))!;
  });
}

/** A tag may be named that nobody has used yet. */
async function knowTag({ db }: Ctx, { tag }: CollectionDraft): Promise<void> {
  if (tag) await tagOfName(db, tag, tag);
}

/**
 * Puts `whom` in. They must let themselves be found, and can leave at any time. Who lives elsewhere stays pending,
 * which only the owner sees: their server has not been asked (FEP-7aa9).
 */
export async function collect(ctx: Ctx, owner: Account, { id }: Collection, whom: Account): Promise<Item> {
  if (!await mayCollect(ctx.db, owner.id, whom.id)) {
    throw new Forbidden("This account can't be added to collections");
  }
  const state = isLocal(whom) ? "accepted" : "pending";
  const item = { collectionId: id, accountId: whom.id, state, most: maxItems, at: ctx.now() } as const;
  const outcome = await transaction(ctx, async (ctx) => {
    const outcome = await insertItem(ctx.db, item);
    if (outcome === "put in") await emit(ctx, "collection.joined", { collectionId: id, accountId: whom.id });
    return outcome;
  });
  if (outcome === "full") throw new Invalid("Validation failed: This collection is full");
  if (outcome === "there already") throw new Invalid("Validation failed: Account has already been taken");
  const found = (await itemsOf(ctx.db, owner, [id])).find(({ accountId }) => accountId === whom.id);
  if (!found) throw new NotFound();
  return found;
}

/** Its owner takes somebody out. */
export async function takeOut(ctx: Ctx, { id }: Collection, itemId: string): Promise<void> {
  await leaving(ctx, id, (db) => deleteItem(db, id, itemId));
}

/** Somebody does not want to be in it, now or again. */
export async function leave(ctx: Ctx, me: Account, { id }: Collection, itemId: string): Promise<void> {
  await leaving(ctx, id, (db) => revokeItem(db, id, itemId, me.id));
}

async function leaving(
  ctx: Ctx,
  collectionId: string,
  goes: (db: Db) => Promise<string | undefined>,
): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const accountId = await goes(ctx.db);
    if (!accountId) throw new NotFound();
    await emit(ctx, "collection.left", { collectionId, accountId });
  });
}
