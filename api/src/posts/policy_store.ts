import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Policy, Post } from "./post.ts";

/** How somebody stands to a post and its author. */
export interface Ties {
  /** They follow the author. */
  follows: boolean;
  /** The author follows them. */
  isFollowed: boolean;
  isMentioned: boolean;
}

export async function tiesOf(db: Db, whoId: string, post: Pick<Post, "id" | "authorId">): Promise<Ties> {
  const { rows: [ties] } = await sql<Ties>`
    select
      exists (select 1 from follows f
        where f.follower_id = ${whoId} and f.account_id = ${post.authorId}) as follows,
      exists (select 1 from follows f
        where f.follower_id = ${post.authorId} and f.account_id = ${whoId}) as "isFollowed",
      exists (select 1 from mentions m
        where m.post_id = ${post.id} and m.account_id = ${whoId}) as "isMentioned"`.execute(db);
  return ties!;
}

export async function updatePolicy(db: Db, postId: string, policy: Policy): Promise<void> {
  await sql`update posts set policy = ${JSON.stringify(policy)}::jsonb where id = ${postId}`.execute(db);
}
