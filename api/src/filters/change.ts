import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Invalid, NotFound } from "../base/errors.ts";
import type { Filter, FilterFields, KeywordFields } from "./filter.ts";
import { deleteKeyword, insertKeyword, updateKeyword } from "./part_store.ts";
import { filterById, insertFilter, lockFilters, updateFilter } from "./store.ts";

/** Every timeline is held against all of them, so there is an end. */
const mostFilters = 100;
const mostKeywords = 1000;

/** Adds a keyword; or, where it names one, changes that or removes it. */
export interface KeywordChange extends Partial<KeywordFields> {
  id?: string;
  removes?: boolean;
}

/** Makes a filter and answers it whole. */
export async function createFilter(
  ctx: Ctx,
  who: Account,
  fields: FilterFields,
  keywords: readonly KeywordChange[],
): Promise<Filter> {
  return await transaction(ctx, async (ctx) => {
    const { filters } = await lockFilters(ctx.db, who.id);
    if (filters >= mostFilters) throw new Invalid("Validation failed: You have too many filters");
    const id = await insertFilter(ctx.db, who.id, fields);
    await changeKeywords(ctx, who, { id, keywords: [] }, keywords);
    return await wholeFilter(ctx, who, id);
  });
}

/** Changes what is given of a filter and its keywords, all or nothing, and answers it whole. */
export async function changeFilter(
  ctx: Ctx,
  who: Account,
  filter: Filter,
  fields: Partial<FilterFields>,
  keywords: readonly KeywordChange[],
): Promise<Filter> {
  return await transaction(ctx, async (ctx) => {
    await updateFilter(ctx.db, filter.id, { ...filter, ...fields });
    await changeKeywords(ctx, who, filter, keywords);
    return await wholeFilter(ctx, who, filter.id);
  });
}

/** One keyword more; answers its id. */
export async function addKeyword(
  ctx: Ctx,
  who: Account,
  filterId: string,
  fields: KeywordFields,
): Promise<string> {
  return await transaction(ctx, async (ctx) => {
    const { keywords } = await lockFilters(ctx.db, who.id);
    if (keywords >= mostKeywords) throw new Invalid("Validation failed: You have too many keywords");
    return await insertKeyword(ctx.db, filterId, fields);
  });
}

async function changeKeywords(
  ctx: Ctx,
  who: Account,
  filter: Pick<Filter, "id" | "keywords">,
  changes: readonly KeywordChange[],
): Promise<void> {
  for (const { id, removes, keyword, wholeWord } of changes) {
    if (id !== undefined && !filter.keywords.some((present) => present.id === id)) throw new NotFound();
    if (removes) {
      if (id !== undefined) await deleteKeyword(ctx.db, id);
    } else if (id !== undefined) {
      await updateKeyword(ctx.db, id, { keyword, wholeWord });
    } else if (keyword !== undefined) {
      await addKeyword(ctx, who, filter.id, { keyword, wholeWord: wholeWord ?? true });
    }
  }
}

async function wholeFilter(ctx: Ctx, who: Account, id: string): Promise<Filter> {
  const filter = await filterById(ctx.db, who.id, id);
  if (!filter) throw new NotFound(); // removed at this very moment
  return filter;
}
