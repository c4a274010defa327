import { z } from "zod";
import type { Account } from "../accounts/account.ts";
import { showAccounts } from "../accounts/entity.ts";
import { seenAccount, seenAccounts } from "../accounts/seen.ts";
import { anyone, type Call, type Known, member, type Route } from "../auth/access.ts";
import { withSliceLink } from "../auth/links.ts";
import { Forbidden, Invalid, NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { type Limits, readSlice } from "../base/page.ts";
import { bool, id, ids, languageTag, parse, text } from "../base/schema.ts";
import { normaliseTag } from "../base/text.ts";
import { beginCollection, changeCollection, collect, leave, takeOut } from "./collect.ts";
import { type Collection, type CollectionDraft, maxItems } from "./collection.ts";
import { showCollections, toItem } from "./entity.ts";
import { collectionById, collectionsOf, collectionsWith, deleteCollection } from "./store.ts";

const path = "/api/v1/collections";
const limits: Limits = { usual: 40, most: 80 };

/** Mastodon's numbers. */
const wish = z.object({
  name: text(40).optional(),
  description: text(100).optional(),
  language: languageTag.nullish(),
  tag_name: text(100).nullish(),
  sensitive: bool.optional(),
  discoverable: bool.optional(),
});

/** Mastodon's collections: people whom a member would show to others. */
export const api: Route[] = [
  anyone("GET", "/api/v1/accounts/:id/collections", "read:collections", async (c) => {
    const { ctx, viewer, input } = c.var;
    const owner = await seenAccount(ctx, c.req.param("id") ?? "");
    const slice = readSlice(input, limits);
    return await answer(c, slice, await collectionsOf(ctx.db, viewer, owner.id, slice));
  }),

  // Only one's own: whom others show is theirs to know.
  member("GET", "/api/v1/accounts/:id/in_collections", "read:collections", async (c) => {
    const { ctx, me, input } = c.var;
    const whom = await seenAccount(ctx, c.req.param("id") ?? "");
    if (whom.id !== me.id) throw new Forbidden("This action is not allowed");
    const slice = readSlice(input, limits);
    return await answer(c, slice, await collectionsWith(ctx.db, me.id, slice));
  }),

  member("POST", path, "write:collections", async (c) => {
    const { ctx, me, input } = c.var;
    const { account_ids } = parse(z.object({ account_ids: ids }), { account_ids: [], ...input });
    if (account_ids.length > maxItems) throw new Invalid("Validation failed: This collection is full");
    const people = [...(await seenAccounts(ctx, account_ids)).values()];
    const made = await beginCollection(ctx, me, draftFrom(input), people);
    return await answerOne(c, made);
  }),

  anyone("GET", `${path}/:id`, "read:collections", async (c) => {
    const { ctx, viewer } = c.var;
    const [collection] = await showCollections(ctx, viewer, [await seen(c)]);
    const people = collection!.items.flatMap(({ account_id }) => account_id ?? []);
    const accounts = await showAccounts(ctx, [...new Set([collection!.account_id, ...people])]);
    return c.json({ accounts, collection });
  }),

  member("PATCH", `${path}/:id`, "write:collections", async (c) => {
    const { ctx, me, input } = c.var;
    const before = await own(c);
    return await answerOne(c, await changeCollection(ctx, me, before, draftFrom(input, before)));
  }),

  member("DELETE", `${path}/:id`, "write:collections", async (c) => {
    await deleteCollection(c.var.ctx.db, (await own(c)).id);
    return c.json({});
  }),

  member("POST", `${path}/:id/items`, "write:collections", async (c) => {
    const { ctx, me, input } = c.var;
    const collection = await own(c);
    const whom: Account = await seenAccount(ctx, parse(z.object({ account_id: id }), input).account_id);
    return c.json({ collection_item: toItem(await collect(ctx, me, collection, whom)) });
  }),

  member("DELETE", `${path}/:id/items/:item`, "write:collections", async (c) => {
    await takeOut(c.var.ctx, await own(c), itemIn(c));
    return c.json({});
  }),

  // Whoever is in it, and would rather not be.
  member("POST", `${path}/:id/items/:item/revoke`, "write:collections", async (c) => {
    const { ctx, me } = c.var;
    await leave(ctx, me, await seen(c), itemIn(c));
    return c.json({});
  }),
];

/** What is not said stays as it was. */
function draftFrom(input: unknown, before?: Collection): CollectionDraft {
  const asked = parse(wish, input);
  const name = (asked.name ?? before?.name ?? "").trim();
  if (name === "") throw new Invalid("Validation failed: Name can't be blank");
  const tag = asked.tag_name === undefined ? before?.tag : normaliseTag(asked.tag_name ?? "");
  return {
    name,
    description: (asked.description ?? before?.description ?? "").trim(),
    language: asked.language === undefined ? before?.language ?? null : asked.language,
    isSensitive: asked.sensitive ?? before?.isSensitive ?? false,
    isDiscoverable: asked.discoverable ?? before?.isDiscoverable ?? true,
    tag: tag || null,
  };
}

async function answer(c: Call, slice: ReturnType<typeof readSlice>, found: Collection[]): Promise<Response> {
  const { ctx, viewer } = c.var;
  withSliceLink(c, slice, found.length);
  return c.json({ collections: await showCollections(ctx, viewer, found) });
}

async function answerOne(c: Call<Known>, collection: Collection): Promise<Response> {
  const { ctx, me } = c.var;
  const [shown] = await showCollections(ctx, me, [collection]);
  return c.json({ collection: shown });
}

/** The collection that the path names, as the viewer may see it. */
async function seen(c: Call): Promise<Collection> {
  const { ctx, viewer } = c.var;
  const asked = c.req.param("id") ?? "";
  const collection = isId(asked) ? await collectionById(ctx.db, viewer, asked) : undefined;
  if (!collection) throw new NotFound();
  return collection;
}

/** The member's own. Another's is refused, none at all is NotFound. */
async function own(c: Call<Known>): Promise<Collection> {
  const collection = await seen(c);
  if (collection.accountId !== c.var.me.id) throw new Forbidden("This action is not allowed");
  return collection;
}

function itemIn(c: Call): string {
  const asked = c.req.param("item") ?? "";
  if (!isId(asked)) throw new NotFound();
  return asked;
}
