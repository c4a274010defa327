import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, newestFirst, type Page } from "../base/page.ts";
import { notSilenced, type Viewer, visibleTo } from "../posts/visibility.ts";
import { showsMedia } from "./filters.ts";

/** Where posts come from. */
export type Origin = "everywhere" | "here" | "elsewhere";

/** What of a timeline is asked for. */
export interface Choice {
  origin: Origin;
  onlyMedia?: boolean;
}

/** The condition that a post comes from there. */
export function from(origin: Origin) {
  return origin === "everywhere" ? sql`true` : origin === "here" ? sql`p.is_local` : sql`not p.is_local`;
}

/** Every public post, boosts and answers to others left out. */
export async function publicFeed(
  db: Db,
  viewer: Viewer,
  { origin, onlyMedia = false }: Choice,
  page: Page,
): Promise<string[]> {
  const { where, tail } = keyset(sql`p.id`, page);
  const { rows } = await sql<{ id: string }>`
    select p.id from posts p
    where p.visibility = 'public' and p.boost_of_id is null and ${from(origin)} and ${where}
      and ((p.reply_to_id is null and p.reply_to_uri is null) or p.reply_to_account_id = p.author_id)
      and (${!onlyMedia}::boolean or ${showsMedia()})
      and ${visibleTo(viewer)} and ${notSilenced(viewer)}
    ${tail}`.execute(db);
  return newestFirst(rows, page).map((row) => row.id);
}
