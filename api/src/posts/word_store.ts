import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** Characters of a post in which words are looked for. */
const mostCharacters = 200_000;

/** Notes by which words a post is found, as it reads now: what it says, asks and shows. */
export async function noteWords(db: Db, postId: string): Promise<void> {
  await sql`
    insert into post_words (post_id, words)
    select p.id, to_tsvector('words', left(concat_ws(' ', p.content_warning, p.html,
      (select string_agg(option, ' ') from polls q, unnest(q.options) as option where q.post_id = p.id),
      (select string_agg(t.description, ' ' order by t.position) from attachments t
        where t.post_id = p.id and t.position is not null)), ${mostCharacters}::int))
    from posts p where p.id = ${postId} and p.boost_of_id is null
    on conflict (post_id) do update set words = excluded.words`.execute(db);
}
