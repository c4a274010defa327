import { linkHeader, type Page, type Slice, sliceHeader } from "../base/page.ts";
import type { Call } from "./access.ts";

/** Puts the `Link` header onto the answer to this request; `cursors` are what the page shows, newest first. */
export function withLink(
  c: Call,
  page: Page,
  cursors: readonly string[],
  back: "min_id" | "since_id" = "min_id",
): void {
  const link = linkHeader(publicUrl(c), page, cursors, back);
  if (link) c.header("link", link);
}

/** The same for a list that pages by offset and shows `count` things. */
export function withSliceLink(c: Call, slice: Slice, count: number): void {
  const link = sliceHeader(publicUrl(c), slice, count);
  if (link) c.header("link", link);
}

/** The request's URL as the public knows it: never from the `Host` header. A token in it stays out. */
export function publicUrl(c: Call): URL {
  const { pathname, search } = new URL(c.req.url);
  const url = new URL(pathname + search, c.var.ctx.config.baseUrl);
  url.searchParams.delete("access_token");
  return url;
}
