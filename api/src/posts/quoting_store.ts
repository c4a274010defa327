import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, newestFirst, type Page } from "../base/page.ts";
import { type Viewer, visibleTo } from "./visibility.ts";

/** The posts that quote this one with its author's consent, as far as `viewer` may see them. */
export async function quotingPosts(db: Db, viewer: Viewer, quotedId: string, page: Page): Promise<string[]> {
  const { where, tail } = keyset(sql`p.id`, page);
  const { rows } = await sql<{ id: string }>`
    select p.id from quotes q join posts p on p.id = q.post_id
    where q.quoted_id = ${quotedId} and q.state = 'accepted' and ${where} and ${visibleTo(viewer)}
    ${tail}`.execute(db);
  return newestFirst(rows, page).map((row) => row.id);
}
