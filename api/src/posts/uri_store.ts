import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { visibleTo } from "./visibility.ts";

/** The ActivityPub ids of these posts, in the order given; those that are gone are left out. */
export async function urisOfPosts(db: Db, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ uri: string }>`
    select p.uri from unnest(${ids}::bigint[]) with ordinality as o (id, place)
      join posts p on p.id = o.id order by o.place`.execute(db);
  return rows.map((row) => row.uri);
}

/** What everybody may see of what answers a post directly, in its order. */
export async function publicAnswersTo(
  db: Db,
  postId: string,
  { after = "0", limit }: { after?: string; limit: number },
): Promise<{ id: string; uri: string }[]> {
  const { rows } = await sql<{ id: string; uri: string }>`
    select p.id, p.uri from posts p
    where p.reply_to_id = ${postId} and p.id > ${after}::bigint and ${visibleTo(undefined)}
    order by p.id limit ${limit}::int`.execute(db);
  return rows;
}
