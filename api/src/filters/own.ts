import type { Call, Known } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import type { Filter, FilteredPost, Keyword } from "./filter.ts";
import { filterById, filterWith } from "./store.ts";

/** The member's filter that the path names. Another's and none at all are the same refusal: NotFound. */
export async function ownFilter(c: Call<Known>): Promise<Filter> {
  const filter = await filterById(c.var.ctx.db, c.var.me.id, idIn(c));
  if (!filter) throw new NotFound();
  return filter;
}

/** The member's keyword that the path names, and the filter that has it. */
export async function ownKeyword(c: Call<Known>): Promise<{ filter: Filter; keyword: Keyword }> {
  const id = idIn(c);
  const filter = await filterWith(c.var.ctx.db, c.var.me.id, "filter_keywords", id);
  const keyword = filter?.keywords.find((keyword) => keyword.id === id);
  if (!filter || !keyword) throw new NotFound();
  return { filter, keyword };
}

/** Which post one of the member's filters names, by the row that says so. */
export async function ownFilteredPost(c: Call<Known>): Promise<FilteredPost> {
  const id = idIn(c);
  const filter = await filterWith(c.var.ctx.db, c.var.me.id, "filter_posts", id);
  const filtered = filter?.posts.find((post) => post.id === id);
  if (!filtered) throw new NotFound();
  return filtered;
}

function idIn(c: Call): string {
  const id = c.req.param("id") ?? "";
  if (!isId(id)) throw new NotFound();
  return id;
}
