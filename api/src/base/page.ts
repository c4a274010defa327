import { type RawBuilder, sql } from "kysely";
import { BadRequest } from "./errors.ts";
import { isId } from "./ids.ts";

/**
 * Keyset paging as Mastodon's: `max` gives what is older than it, newest first; `since` the newest that are
 * newer than it; `min` those right after it, still newest first. `max` with either of them is a window.
 */
export interface Page {
  limit: number;
  max?: string;
  since?: string;
  min?: string;
}

/** How many a list shows unless asked otherwise, and at the most. */
export interface Limits {
  usual: number;
  most: number;
}

export const postLimits: Limits = { usual: 20, most: 40 };
export const accountLimits: Limits = { usual: 40, most: 80 };

/**
 * The page that a request asks for. Too large a limit is cut; a negative one or one that is no number is
 * refused (400), as is a cursor that could not be an id.
 */
export function readPage(input: Record<string, unknown>, limits: Limits): Page {
  return {
    limit: readLimit(input.limit, limits),
    max: readCursor(input.max_id, "max_id"),
    since: readCursor(input.since_id, "since_id"),
    min: readCursor(input.min_id, "min_id"),
  };
}

/** `limit` alone, for lists that page by offset or not at all. */
export function readLimit(limit: unknown, limits: Limits): number {
  if (limit === undefined || limit === "") return limits.usual;
  const asked = typeof limit === "object" ? NaN : Number(limit);
  if (!Number.isSafeInteger(asked) || asked < 0) throw new BadRequest("limit must be a positive number");
  return asked === 0 ? limits.usual : Math.min(asked, limits.most);
}

/** Where in a list that is not ordered by id. */
export interface Slice {
  limit: number;
  offset: number;
}

/** Nobody pages further than this. */
const lastOffset = 10_000;

/** The slice that a request asks for; nonsense is refused (400). */
export function readSlice(input: Record<string, unknown>, limits: Limits): Slice {
  const offset = Number(input.offset ?? 0);
  if (!Number.isSafeInteger(offset) || offset < 0) throw new BadRequest("offset must be a positive number");
  return { limit: readLimit(input.limit, limits), offset: Math.min(offset, lastOffset) };
}

function readCursor(cursor: unknown, name: string): string | undefined {
  if (cursor === undefined || cursor === "") return undefined;
  if ((typeof cursor !== "string" && typeof cursor !== "number") || !isId(String(cursor))) {
    throw new BadRequest(`${name} is not an id`);
  }
  return String(cursor);
}

/**
 * The parts of a query that walk `column` (a bigint, such as `p.id`) by this page: `where` goes among the
 * conditions, `tail` to the end. Give the rows to `newestFirst`: `min` walks upwards.
 */
export function keyset(column: RawBuilder<unknown>, page: Page) {
  const bounds = [
    page.max === undefined ? undefined : sql`${column} < ${page.max}::bigint`,
    page.since === undefined ? undefined : sql`${column} > ${page.since}::bigint`,
    page.min === undefined ? undefined : sql`${column} > ${page.min}::bigint`,
  ].filter((bound) => bound !== undefined);
  return {
    where: bounds.length ? sql`(${sql.join(bounds, sql` and `)})` : sql`true`,
    tail: page.min === undefined
      ? sql`order by ${column} desc limit ${page.limit}::int`
      : sql`order by ${column} asc limit ${page.limit}::int`,
  };
}

/** The rows of a `keyset` query, newest first whichever way they were walked. */
export function newestFirst<Row>(rows: Row[], page: Page): Row[] {
  return page.min === undefined ? rows : rows.toReversed();
}

/** A list whose cursor is a row of its own (a follow, a favourite), not the thing that it shows. */
export interface Listed {
  cursor: string;
  id: string;
}

/**
 * The `Link` header (RFC 8288) for a page that shows `cursors`, newest first: `next` is older, `prev` newer.
 * `url` is the request's own, as the public knows it; its other parameters are kept.
 * Timelines walk back by `min_id`, lists of accounts by `since_id`. Undefined when there is nothing.
 */
export function linkHeader(
  url: URL,
  page: Page,
  cursors: readonly string[],
  back: "min_id" | "since_id" = "min_id",
): string | undefined {
  const oldest = cursors.at(-1);
  const newest = cursors[0];
  if (oldest === undefined || newest === undefined) return undefined;
  const links = [`<${turned(url, back, newest)}>; rel="prev"`];
  if (cursors.length >= page.limit) links.unshift(`<${turned(url, "max_id", oldest)}>; rel="next"`);
  return links.join(", ");
}

/** The same for a slice that shows `count` things. */
export function sliceHeader(url: URL, { limit, offset }: Slice, count: number): string | undefined {
  const links: string[] = [];
  if (count >= limit) links.push(`<${shifted(url, offset + limit)}>; rel="next"`);
  if (offset > 0) links.push(`<${shifted(url, Math.max(0, offset - limit))}>; rel="prev"`);
  return links.length > 0 ? links.join(", ") : undefined;
}

function shifted(url: URL, offset: number): string {
  const link = new URL(url);
  link.searchParams.set("offset", String(offset));
  return link.href;
}

function turned(url: URL, parameter: string, cursor: string): string {
  const link = new URL(url);
  for (const name of ["max_id", "since_id", "min_id"]) link.searchParams.delete(name);
  link.searchParams.set(parameter, cursor);
  return link.href;
}
