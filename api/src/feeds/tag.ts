import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, newestFirst, type Page } from "../base/page.ts";
import { notSilenced, type Viewer, visibleTo } from "../posts/visibility.ts";
import { showsMedia } from "./filters.ts";
import { type Choice, from } from "./public.ts";

/** Which tags, all as normalised names: at least one of `any`, each of `all`, none of `none`. */
export interface TagChoice {
  any: string[];
  all: string[];
  none: string[];
}

/** Public posts under hashtags. */
export async function tagFeed(
  db: Db,
  viewer: Viewer,
  tags: TagChoice,
  { origin, onlyMedia = false }: Choice,
  page: Page,
): Promise<string[]> {
  // The latest of each tag by its index, and then the latest of those: nothing is sorted that is not shown.
  const { where, tail } = keyset(sql`pt.post_id`, page);
  const { rows } = await sql<{ id: string }>`
    select distinct found.id
    from tags t cross join lateral (
      select pt.post_id as id from post_tags pt join posts p on p.id = pt.post_id
      where pt.tag_id = t.id and ${where}
        and (cardinality(${tags.all}::text[]) = 0
          or (select count(*) from post_tags o join tags x on x.id = o.tag_id
            where o.post_id = p.id and x.name = any(${tags.all}::text[])) = cardinality(${tags.all}::text[]))
        and not exists (select 1 from post_tags o join tags x on x.id = o.tag_id
          where o.post_id = p.id and x.name = any(${tags.none}::text[]))
        and p.visibility = 'public' and p.boost_of_id is null and ${from(origin)}
        and (${!onlyMedia}::boolean or ${showsMedia()})
        and ${visibleTo(viewer)} and ${notSilenced(viewer)}
      ${tail}) found
    where t.name = any(${tags.any}::text[])
    ${keyset(sql`found.id`, page).tail}`.execute(db);
  return newestFirst(rows, page).map((row) => row.id);
}
