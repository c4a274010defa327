import { type RawBuilder, sql } from "kysely";

/**
 * It shows a picture, film or sound itself: what it passes on does not count, as on Mastodon. `alias` names a
 * `posts` row.
 */
export function showsMedia(alias = "p"): RawBuilder<boolean> {
  return sql`exists (
    select 1 from attachments t where t.post_id = ${sql.ref(alias)}.id and t.position is not null)`;
}
