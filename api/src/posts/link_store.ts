import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Post } from "./post.ts";

/** What finding the link of a post takes. */
export interface LinkingPost extends Pick<Post, "html" | "visibility" | "isLocal"> {
  /** Where the people whom it mentions are. */
  mentioned: string[];
}

/** Of a post that is there and no boost. */
export async function linkingOf(db: Db, postId: string): Promise<LinkingPost | undefined> {
  const { rows } = await sql<LinkingPost>`
    select p.html, p.visibility, p.is_local as "isLocal",
      array(select unnest(array[a.uri, a.url]) from mentions m join accounts a on a.id = m.account_id
        where m.post_id = p.id) as mentioned
    from posts p where p.id = ${postId} and p.boost_of_id is null`.execute(db);
  return rows[0];
}
