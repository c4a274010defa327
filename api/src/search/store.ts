import { sql } from "kysely";
import { isLetIn } from "../accounts/store.ts";
import { type Db, plannedForValues } from "../base/db.ts";
import type { Slice } from "../base/page.ts";
import { type Viewer, visibleTo } from "../posts/visibility.ts";
import type { Tag } from "../tags/tag.ts";

/** What somebody is looked for by: names in lower case. */
export interface PeopleQuery {
  /** A part of a name or display name; with a domain, the beginning of the name. */
  text: string;
  /** The beginning of the domain, where one was typed. */
  domain?: string;
  /** Only whom this account follows. */
  followedBy?: string;
}

/** Shorter texts are looked for at the beginning of names alone: the trigram index does not help there. */
const shortest = 3;

/**
 * People by name, best first: who is called exactly so, whom the viewer follows, whose name begins so, and who
 * has more followers.
 */
export async function findPeople(
  db: Db,
  viewer: Viewer,
  { text, domain, followedBy }: PeopleQuery,
  { limit, offset }: Slice,
): Promise<string[]> {
  const begins = sql`lower(a.username) like ${literally(text) + "%"}`;
  const holds = sql`lower(a.username) || ' ' || plain(a.display_name) like
    '%' || regexp_replace(plain(${text}), '[\\\\%_]', '\\\\\\&', 'g') || '%'`;
  const { rows } = await plannedForValues(db, (db) =>
    sql<{ id: string }>`
    select a.id from accounts a
      left join follows f on f.follower_id = ${viewer?.id ?? null}::bigint and f.account_id = a.id
    where a.suspended_at is null and ${isLetIn}
      and ${domain === undefined && text.length >= shortest ? holds : begins}
      and (${domain ?? null}::text is null or a.domain like ${literally(domain ?? "") + "%"})
      and (${followedBy ?? null}::bigint is null or exists (
        select 1 from follows o
        where o.follower_id = ${followedBy ?? null}::bigint and o.account_id = a.id))
    order by lower(a.username) = ${text} desc, f.id is not null desc, ${begins} desc,
      a.followers_count desc, a.id
    limit ${limit}::int offset ${offset}::int`.execute(db));
  return rows.map((row) => row.id);
}

/** Hashtags that begin with `text` (a normalised name), the shortest first, as far as the viewer may know. */
export async function findTags(
  db: Db,
  viewer: Viewer,
  text: string,
  { limit, offset }: Slice,
): Promise<Tag[]> {
  const { rows } = await plannedForValues(db, (db) =>
    sql<Tag>`
    select t.id, t.name from tags t
    where t.name like ${literally(text) + "%"} and exists (
      select 1 from post_tags pt join posts p on p.id = pt.post_id
      where pt.tag_id = t.id and p.visibility = 'public' and ${visibleTo(viewer)})
    order by char_length(t.name), t.name limit ${limit}::int offset ${offset}::int`.execute(db));
  return rows;
}

/** The ActivityPub ids of things from elsewhere that we know. */
export async function knownByUri(
  db: Db,
  uri: string,
): Promise<{ accountId: string | null; postId: string | null }> {
  const { rows: [row] } = await sql<{ accountId: string | null; postId: string | null }>`
    select (select id from accounts where uri = ${uri}) as "accountId",
      (select id from posts where uri = ${uri}) as "postId"`.execute(db);
  return row!;
}

/** `text` for a `like` pattern in which it means itself. */
function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, "\\$&");
}
