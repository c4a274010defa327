import { type RawBuilder, sql } from "kysely";
import { isLetIn } from "../accounts/store.ts";
import type { Db } from "../base/db.ts";
import type { Slice } from "../base/page.ts";
import type { Collection, CollectionDraft, Item } from "./collection.ts";

const columns = sql`
  c.id, c.account_id as "accountId", c.name, c.description, c.language, c.is_sensitive as "isSensitive",
  c.is_discoverable as "isDiscoverable", c.created_at as "createdAt", c.updated_at as "updatedAt",
  (select t.name from tags t where t.id = c.tag_id) as tag`;

/** Its owner sees it, and so does whom they have not blocked. */
function visibleTo(viewer: { id: string } | undefined): RawBuilder<boolean> {
  const isLiving = sql<boolean>`exists (
    select 1 from accounts a where a.id = c.account_id and a.suspended_at is null and ${isLetIn})`;
  if (!viewer) return isLiving;
  return sql`(${isLiving} and not exists (
    select 1 from blocks b where b.blocker_id = c.account_id and b.account_id = ${viewer.id}::bigint))`;
}

export async function collectionById(
  db: Db,
  viewer: { id: string } | undefined,
  id: string,
): Promise<Collection | undefined> {
  return (await collectionsById(db, viewer, [id]))[0];
}

/** Those of these that the viewer may see. */
export async function collectionsById(
  db: Db,
  viewer: { id: string } | undefined,
  ids: readonly string[],
): Promise<Collection[]> {
  const { rows } = await sql<Collection>`
    select ${columns} from collections c
    where c.id = any(${ids}::bigint[]) and ${visibleTo(viewer)}`.execute(db);
  return rows;
}

/** What somebody has collected, the latest first; others see those alone that may be found. */
export async function collectionsOf(
  db: Db,
  viewer: { id: string } | undefined,
  accountId: string,
  { limit, offset }: Slice,
): Promise<Collection[]> {
  const isOwner = viewer?.id === accountId;
  const { rows } = await sql<Collection>`
    select ${columns} from collections c
    where c.account_id = ${accountId} and (${isOwner}::boolean or c.is_discoverable) and ${visibleTo(viewer)}
    order by c.id desc limit ${limit}::int offset ${offset}::int`.execute(db);
  return rows;
}

/** In which others have put `accountId`, who asks. */
export async function collectionsWith(
  db: Db,
  accountId: string,
  { limit, offset }: Slice,
): Promise<Collection[]> {
  const { rows } = await sql<Collection>`
    select ${columns} from collection_items i join collections c on c.id = i.collection_id
    where i.account_id = ${accountId} and i.state <> 'revoked' and ${visibleTo({ id: accountId })}
    order by i.id desc limit ${limit}::int offset ${offset}::int`.execute(db);
  return rows;
}

/** Undefined where the account has as many as one may. Within a transaction. */
export async function insertCollection(
  db: Db,
  accountId: string,
  draft: CollectionDraft,
  { most, at }: { most: number; at: Temporal.Instant },
): Promise<string | undefined> {
  await sql`select 1 from accounts where id = ${accountId} for no key update`.execute(db);
  const { rows } = await sql<{ id: string }>`
    insert into collections
      (account_id, name, description, language, is_sensitive, is_discoverable, tag_id, created_at, updated_at)
    select ${accountId}::bigint, ${draft.name}, ${draft.description}, ${draft.language}, ${draft.isSensitive}::boolean,
      ${draft.isDiscoverable}::boolean, ${tagNamed(draft.tag)}, ${at}::timestamptz, ${at}::timestamptz
    where (select count(*) from collections where account_id = ${accountId}::bigint) < ${most}::int
    returning id`.execute(db);
  return rows[0]?.id;
}

export async function updateCollection(
  db: Db,
  id: string,
  draft: CollectionDraft,
  at: Temporal.Instant,
): Promise<void> {
  await sql`
    update collections set name = ${draft.name}, description = ${draft.description}, language = ${draft.language},
      is_sensitive = ${draft.isSensitive}, is_discoverable = ${draft.isDiscoverable},
      tag_id = ${tagNamed(draft.tag)}, updated_at = ${at}
    where id = ${id}`.execute(db);
}

function tagNamed(name: string | null): RawBuilder<unknown> {
  return sql`(select t.id from tags t where t.name = ${name})`;
}

export async function deleteCollection(db: Db, id: string): Promise<void> {
  await sql`delete from collections where id = ${id}`.execute(db);
}

/** Whom these collections hold, in their order; but for their owner only those who may be shown. */
export async function itemsOf(
  db: Db,
  viewer: { id: string } | undefined,
  collectionIds: readonly string[],
): Promise<Item[]> {
  const { rows } = await sql<Item>`
    select i.id, i.collection_id as "collectionId", i.account_id as "accountId", i.state,
      i.created_at as "createdAt"
    from collection_items i join collections c on c.id = i.collection_id
      join accounts a on a.id = i.account_id and a.suspended_at is null
    where i.collection_id = any(${collectionIds}::bigint[])
      and (i.state = 'accepted' or (i.state = 'pending' and c.account_id = ${viewer?.id ?? null}::bigint))
    order by i.id`.execute(db);
  return rows;
}

/** Puts somebody in. Within a transaction, so that two at once count right. */
export async function insertItem(
  db: Db,
  { collectionId, accountId, state, most, at }: {
    collectionId: string;
    accountId: string;
    state: Item["state"];
    most: number;
    at: Temporal.Instant;
  },
): Promise<"put in" | "there already" | "full"> {
  await sql`select 1 from collections where id = ${collectionId} for update`.execute(db);
  const { rows: [known] } = await sql<{ there: boolean; count: number }>`
    select coalesce(bool_or(account_id = ${accountId}::bigint), false) as there,
      count(*) filter (where state <> 'revoked')::int as count
    from collection_items where collection_id = ${collectionId}`.execute(db);
  if (known!.there) return "there already";
  if (known!.count >= most) return "full";
  await sql`
    insert into collection_items (collection_id, account_id, state, created_at)
    values (${collectionId}, ${accountId}, ${state}, ${at})`.execute(db);
  await sql`update collections set updated_at = ${at} where id = ${collectionId}`.execute(db);
  return "put in";
}

/** Answers who it was; undefined where nobody is there. */
export async function deleteItem(db: Db, collectionId: string, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ accountId: string }>`
    delete from collection_items where id = ${id} and collection_id = ${collectionId} and state <> 'revoked'
    returning account_id as "accountId"`.execute(db);
  return rows[0]?.accountId;
}

/** Somebody does not want to be in it. Answers who it was; undefined where they are not. */
export async function revokeItem(
  db: Db,
  collectionId: string,
  id: string,
  accountId: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ accountId: string }>`
    update collection_items set state = 'revoked'
    where id = ${id} and collection_id = ${collectionId} and account_id = ${accountId} and state <> 'revoked'
    returning account_id as "accountId"`.execute(db);
  return rows[0]?.accountId;
}

/** Whether `whom` lets others show them: discoverable, and blocking nobody of the two. */
export async function mayCollect(db: Db, who: string, whom: string): Promise<boolean> {
  const { rows: [row] } = await sql<{ may: boolean }>`
    select exists (select 1 from accounts a where a.id = ${whom} and a.suspended_at is null
        and (a.is_discoverable or a.id = ${who}))
      and not exists (select 1 from blocks b where (b.blocker_id = ${whom} and b.account_id = ${who})
        or (b.blocker_id = ${who} and b.account_id = ${whom})) as may`.execute(db);
  return row!.may;
}
