import { type RawBuilder, sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Emoji, RemoteEmoji } from "./emoji.ts";

/** An emoji as JSON in our words, of a row `e` of `emojis` with its file `f`. */
export const emojiJson =
  sql`jsonb_build_object('id', e.id::text, 'shortcode', e.shortcode, 'fileKey', e.file_key,
  'extension', f.extension, 'remoteUrl', e.remote_url, 'category', e.category, 'isListed', e.is_listed,
  'updatedAt', e.updated_at)`;
const emojiTables = sql`emojis e left join media_files f on f.key = e.file_key`;

/**
 * The emojis that a row shows, as a column: those of its author's server among the names in it. Most rows have none,
 * and cost nothing.
 */
export function emojisOf(names: RawBuilder<unknown>, domain: RawBuilder<unknown>): RawBuilder<Emoji[]> {
  return sql`case when ${names} = '{}' then '[]'::jsonb else (
    select coalesce(jsonb_agg(${emojiJson} order by e.shortcode), '[]') from ${emojiTables}
    where e.shortcode = any(${names}) and coalesce(e.domain, '') = coalesce(${domain}, '')) end`;
}

/** Our own, by category and name. */
export async function ownEmojis(db: Db): Promise<Emoji[]> {
  const { rows } = await sql<{ emoji: Emoji }>`
    select ${emojiJson} as emoji from ${emojiTables} where e.domain is null
    order by e.category nulls first, e.shortcode`.execute(db);
  return rows.map((row) => row.emoji);
}

/** One of ours. */
export async function ownEmoji(db: Db, id: string): Promise<Emoji | undefined> {
  const { rows: [row] } = await sql<{ emoji: Emoji }>`
    select ${emojiJson} as emoji from ${emojiTables} where e.id = ${id} and e.domain is null`.execute(db);
  return row?.emoji;
}

/** One of ours that is new, or looks new; what is not said of its category stays. */
export async function upsertOwnEmoji(
  db: Db,
  emoji: { shortcode: string; fileKey: string; category?: string; at: Temporal.Instant },
): Promise<void> {
  const { shortcode, fileKey, category = null, at } = emoji;
  await sql`
    insert into emojis as e (shortcode, file_key, category, updated_at, created_at)
    values (${shortcode}, ${fileKey}, ${category}, ${at}, ${at})
    on conflict (shortcode, coalesce(domain, '')) do update set file_key = excluded.file_key,
      category = coalesce(excluded.category, e.category), updated_at = excluded.updated_at`.execute(db);
}

/** False where there was none. */
export async function deleteOwnEmoji(db: Db, shortcode: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from emojis where shortcode = ${shortcode} and domain is null`.execute(db);
  return numAffectedRows === 1n;
}

/** The id of the emoji of that name, of another server or (null) ours. */
export async function emojiNamed(
  db: Db,
  shortcode: string,
  domain: string | null,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from emojis where shortcode = ${shortcode} and coalesce(domain, '') = ${domain ?? ""}`.execute(
    db,
  );
  return rows[0]?.id;
}

/** What people of another server write with: new ones, and those whose picture has changed since. */
export async function upsertRemoteEmojis(
  db: Db,
  domain: string,
  emojis: readonly RemoteEmoji[],
  at: Temporal.Instant,
): Promise<void> {
  if (emojis.length === 0) return;
  const said = emojis.map(({ updatedAt, ...one }) => ({ ...one, at: (updatedAt ?? at).toString() }));
  await sql`
    insert into emojis as e (shortcode, domain, remote_url, uri, updated_at, created_at)
    select n.shortcode, ${domain}, n.url, n.uri, n.at, ${at}
    from jsonb_to_recordset(${JSON.stringify(said)}::jsonb)
      as n (shortcode text, url text, uri text, at timestamptz)
    order by n.shortcode
    on conflict (shortcode, coalesce(domain, '')) do update
      set remote_url = excluded.remote_url, uri = excluded.uri, updated_at = excluded.updated_at
      where e.remote_url <> excluded.remote_url and e.updated_at < excluded.updated_at`.execute(db);
}
