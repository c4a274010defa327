import type { Call } from "../auth/access.ts";
import type { Page } from "../base/page.ts";

/** The addresses of the pages on either side of this one, where there are any. */
export interface Neighbours {
  newer?: string;
  older?: string;
}

/**
 * Where a list goes on; `cursors` are what this page of it shows, newest first. `at` is the list's own path,
 * where it is not that of the request.
 */
export function neighbours(c: Call, page: Page, cursors: readonly string[], at?: string): Neighbours {
  const isFirst = page.max === undefined && page.min === undefined && page.since === undefined;
  const [newest, oldest] = [cursors[0], cursors.at(-1)];
  if (newest === undefined || oldest === undefined) return isFirst ? {} : { newer: turned(c, at) };
  const isFull = cursors.length >= page.limit;
  const isNewest = isFirst || (page.min !== undefined && !isFull);
  return {
    newer: isNewest ? undefined : turned(c, at, "min_id", newest),
    older: isFull || page.min !== undefined ? turned(c, at, "max_id", oldest) : undefined,
  };
}

/** This list from another place on; without any, from its beginning. */
function turned(c: Call, at?: string, parameter?: string, cursor = ""): string {
  const { pathname, searchParams } = new URL(at ?? c.req.url, c.req.url);
  for (const name of ["max_id", "since_id", "min_id"]) searchParams.delete(name);
  if (parameter) searchParams.set(parameter, cursor);
  return searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname;
}
