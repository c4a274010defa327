import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { FeaturedTag } from "./featured_tag.ts";

/** What this account features, in the order in which it began to. */
export async function featuredTagsOf(db: Db, accountId: string): Promise<FeaturedTag[]> {
  const { rows } = await sql<FeaturedTag>`
    select f.id, f.account_id as "accountId", f.name, t.name as tag, used.count as "postsCount",
      used.last as "lastPostAt"
    from featured_tags f join tags t on t.id = f.tag_id
      cross join lateral (
        select count(*)::int as count, max(p.created_at) as last
        from post_tags pt join posts p on p.id = pt.post_id
        where pt.tag_id = f.tag_id and p.author_id = f.account_id
          and p.visibility in ('public', 'unlisted')) used
    where f.account_id = ${accountId} order by f.id`.execute(db);
  return rows;
}

/** Features a tag, and says whether it is new there. The account is locked, so that two at once count right. */
export async function insertFeaturedTag(
  db: Db,
  accountId: string,
  tag: string,
  name: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    with known as (
      insert into tags (name, display_name) values (${tag}, ${name})
      on conflict (name) do update set name = excluded.name returning id)
    insert into featured_tags (account_id, tag_id, name) select ${accountId}, id, ${name} from known
    on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

/** Makes those who change what this account features take turns. Within a transaction. */
export async function lockFeaturing(db: Db, accountId: string): Promise<void> {
  await sql`select 1 from accounts where id = ${accountId} for no key update`.execute(db);
}

/** By its own id or by its hashtag's name; false where it was not featured. */
export async function deleteFeaturedTag(
  db: Db,
  accountId: string,
  which: { id: string } | { tag: string },
): Promise<boolean> {
  const condition = "id" in which
    ? sql`f.id = ${which.id}`
    : sql`f.tag_id = (select t.id from tags t where t.name = ${which.tag})`;
  const { numAffectedRows } = await sql`
    delete from featured_tags f where f.account_id = ${accountId} and ${condition}`.execute(db);
  return numAffectedRows === 1n;
}

/** The hashtags of somebody's latest posts that they don't feature yet, the most used first. */
export async function tagsWorthFeaturing(
  db: Db,
  accountId: string,
  limit: number,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select t.id, t.name
    from (
        select p.id from posts p
        where p.author_id = ${accountId} and p.visibility in ('public', 'unlisted') and p.boost_of_id is null
        order by p.id desc limit 1000) latest
      join post_tags pt on pt.post_id = latest.id join tags t on t.id = pt.tag_id
    where not exists (
      select 1 from featured_tags f where f.account_id = ${accountId} and f.tag_id = t.id)
    group by t.id order by count(*) desc, max(latest.id) desc limit ${limit}::int`.execute(db);
  return rows;
}
