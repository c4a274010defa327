import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { type Viewer, visibleTo } from "./visibility.ts";

/** How much of a conversation is shown at once. */
export interface Reach {
  ancestors: number;
  descendants: number;
  depth: number;
}

/** What stands above a post, the first of the conversation first, as far as `viewer` may see. */
export async function ancestorsOf(db: Db, viewer: Viewer, postId: string, reach: Reach): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive above (id, reply_to_id, depth) as (
      select p.id, p.reply_to_id, 0 from posts p where p.id = ${postId}
      union all
      select p.id, p.reply_to_id, above.depth + 1
      from above join posts p on p.id = above.reply_to_id
      where above.depth < ${reach.ancestors}::int
    )
    select above.id from above join posts p on p.id = above.id
    where above.depth > 0 and ${visibleTo(viewer)}
    order by above.depth desc`.execute(db);
  return rows.map((row) => row.id);
}

/**
 * What answers a post, each answer before the answers to it, siblings by age. An answer that `viewer` may not
 * see hides only itself: what others wrote below it is theirs to show.
 */
export async function descendantsOf(db: Db, viewer: Viewer, postId: string, reach: Reach): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive below (id, depth, path) as (
      select p.id, 1, array[p.id] from posts p where p.reply_to_id = ${postId}
      union all
      select p.id, below.depth + 1, below.path || p.id
      from below join posts p on p.reply_to_id = below.id
      where below.depth < ${reach.depth}::int
    ),
    reached as (select * from below order by depth, id limit ${reach.descendants}::int)
    select reached.id from reached join posts p on p.id = reached.id
    where ${visibleTo(viewer)}
    order by reached.path`.execute(db);
  return rows.map((row) => row.id);
}
