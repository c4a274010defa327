import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, newestFirst, type Page } from "../base/page.ts";
import { notSilenced, type Viewer, visibleTo } from "../posts/visibility.ts";

/** Public posts that lead to the page of this card. */
export async function linkFeed(db: Db, viewer: Viewer, cardId: string, page: Page): Promise<string[]> {
  const { where, tail } = keyset(sql`p.id`, page);
  const { rows } = await sql<{ id: string }>`
    select p.id from posts p
    where p.card_id = ${cardId} and p.visibility = 'public' and ${where}
      and ${visibleTo(viewer)} and ${notSilenced(viewer)}
    ${tail}`.execute(db);
  return newestFirst(rows, page).map((row) => row.id);
}
