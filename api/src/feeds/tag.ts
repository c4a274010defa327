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
  const { where, tail } = keyset(sql`p.id`, page);
  const { rows } = await sql<{ id: string }>`
    select p.id from posts p
    where p.id in (
        select pt.post_id from post_tags pt join tags t on t.id = pt.tag_id
        where t.name = any(${tags.any}::text[]))
      and (select count(*) from post_tags pt join tags t on t.id = pt.tag_id
        where pt.post_id = p.id and t.name = any(${tags.all}::text[])) = cardinality(${tags.all}::text[])
      and not exists (select 1 from post_tags pt join tags t on t.id = pt.tag_id
        where pt.post_id = p.id and t.name = any(${tags.none}::text[]))
      and p.visibility = 'public' and p.boost_of_id is null and ${from(origin)} and ${where}
      and (${!onlyMedia}::boolean or ${showsMedia()})
      and ${visibleTo(viewer)} and ${notSilenced(viewer)}
    ${tail}`.execute(db);
  return newestFirst(rows, page).map((row) => row.id);
}
