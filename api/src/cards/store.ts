import { type RawBuilder, sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Card, PageFacts } from "./card.ts";

/** The row `c` of `cards` in our words. */
const asCard: RawBuilder<Card> = sql`
  jsonb_build_object('id', c.id::text, 'url', c.url, 'title', c.title, 'description', c.description,
      'kind', c.kind, 'authorName', c.author_name, 'authorUrl', c.author_url, 'providerName', c.provider_name,
      'creatorId', c.creator_id::text, 'imageUrl', c.image_url, 'imageDescription', c.image_description,
      'imageWidth', c.image_width, 'imageHeight', c.image_height, 'language', c.language,
      'publishedAt', c.published_at)`;

/** The card of the row `p` of `posts`, as a column; null where there is none to show. */
export const cardOf: RawBuilder<Card | null> = sql`
  (select ${asCard} from cards c where c.id = p.card_id and c.title <> '')`;

/** The card of this very address, if there is anything to show; its id. */
export async function cardOfUrl(db: Db, url: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from cards where url = ${url} and title <> ''`.execute(db);
  return rows[0]?.id;
}

export async function cardsById(db: Db, ids: readonly string[]): Promise<Map<string, Card>> {
  const { rows } = await sql<{ card: Card }>`
    select ${asCard} as card from cards c where c.id = any(${ids}::bigint[])`.execute(db);
  return new Map(rows.map(({ card }) => [card.id, card]));
}

/**
 * The card of a page, made if it is new, whose page is to be asked at `dueAt` unless that was done after `before`.
 * Answers its id.
 */
export async function wantCard(
  db: Db,
  card: { url: string; dueAt: Temporal.Instant; before: Temporal.Instant; at: Temporal.Instant },
): Promise<string> {
  const { rows: [row] } = await sql<{ id: string }>`
    insert into cards as c (url, due_at, created_at) values (${card.url}, ${card.dueAt}, ${card.at})
    on conflict (url) do update set
      due_at = case
        when c.due_at is null and (c.fetched_at is null or c.fetched_at < ${card.before}) then excluded.due_at
        else least(c.due_at, case when c.due_at is not null then excluded.due_at end) end,
      attempts = case when c.due_at is null then 0 else c.attempts end
    returning id`.execute(db);
  return row!.id;
}

export async function setCard(db: Db, postId: string, cardId: string | null): Promise<void> {
  await sql`
    update posts set card_id = ${cardId} where id = ${postId} and card_id is distinct from ${cardId}::bigint`
    .execute(db);
}

/** A page that is to be asked. */
export interface DueCard {
  id: string;
  url: string;
  attempts: number;
}

/** Takes pages that are due, the oldest first; who dies over them leaves them due again at `until`. */
export async function claimCards(
  db: Db,
  claim: { at: Temporal.Instant; until: Temporal.Instant; limit: number; id?: string },
): Promise<DueCard[]> {
  const { rows } = await sql<DueCard>`
    update cards c set due_at = ${claim.until}, attempts = c.attempts + 1
    from (select id from cards where due_at <= ${claim.at} and (${claim.id ?? null}::bigint is null
        or id = ${claim.id ?? null}) order by due_at limit ${claim.limit}::int for update skip locked) due
    where c.id = due.id returning c.id, c.url, c.attempts`.execute(db);
  return rows;
}

/** What its page says now. */
export async function updateCard(db: Db, id: string, facts: PageFacts, at: Temporal.Instant): Promise<void> {
  await sql`
    update cards set title = ${facts.title}, description = ${facts.description}, kind = ${facts.kind},
      author_name = ${facts.authorName}, author_url = ${facts.authorUrl},
      provider_name = ${facts.providerName}, creator_id = ${creatorOf(facts)}, image_url = ${facts.imageUrl},
      image_description = ${facts.imageDescription}, image_width = ${facts.imageWidth},
      image_height = ${facts.imageHeight}, language = ${facts.language},
      published_at = ${facts.publishedAt}, fetched_at = ${at}, due_at = null
    where id = ${id}`.execute(db);
}

/** Somebody whom a page names as its author counts as such where they name its site, or one that it belongs to. */
function creatorOf({ creator, site }: PageFacts): RawBuilder<string | null> {
  if (!creator) return sql`null`;
  const { username, domain } = creator;
  return sql`(select a.id from accounts a
    where lower(a.username) = lower(${username}) and coalesce(a.domain, '') = coalesce(${domain}::text, '')
      and exists (select 1 from unnest(a.attribution_domains) as named
        where ${site} = named or right(${site}, length(named) + 1) = '.' || named))`;
}

/** It is not to be asked before then; null: not again until somebody posts it anew. What it said stays. */
export async function postponeCard(
  db: Db,
  id: string,
  dueAt: Temporal.Instant | null,
  at: Temporal.Instant,
): Promise<void> {
  await sql`update cards set due_at = ${dueAt}, fetched_at = ${at} where id = ${id}`.execute(db);
}

/** Cards that no post shows any more. */
export async function deleteUnusedCards(db: Db, before: Temporal.Instant): Promise<void> {
  await sql`
    delete from cards c where c.created_at < ${before} and c.due_at is null
      and not exists (select 1 from posts p where p.card_id = c.id)`.execute(db);
}
