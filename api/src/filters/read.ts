import { z } from "zod";
import type { Ctx } from "../base/ctx.ts";
import type { Input } from "../base/input.ts";
import { bool, id, integer, listOf, parse, text } from "../base/schema.ts";
import type { KeywordChange } from "./change.ts";
import { actions, contexts, type FilterFields } from "./filter.ts";

/** What clients send about filters, in our words. */

function filled(max: number) {
  return text(max).refine((value) => value.trim() !== "", "can't be blank");
}

const longestTitle = 256;
const longestKeyword = 512;
const longest = 100 * 365 * 24 * 60 * 60;

export const keyword = filled(longestKeyword);
const context = listOf(z.enum(contexts)).pipe(
  z.array(z.enum(contexts)).min(1, "can't be blank").transform((all) => [...new Set(all)]),
);

/** Seconds from now; null for a filter without end, which some apps write as an empty text. */
const expiresIn = z.preprocess(
  (value) => value === "" ? null : value,
  integer.pipe(z.number().min(-longest).max(longest)).nullable(),
);

const change = z.object({
  title: filled(longestTitle).optional(),
  context: context.optional(),
  filter_action: z.enum(actions).optional(),
  expires_in: expiresIn.optional(),
  keywords_attributes: listOf(z.object({
    id: id.optional(),
    keyword: keyword.optional(),
    whole_word: bool.optional(),
    _destroy: bool.optional(),
  })).default([]),
});
const draft = change.extend({ title: filled(longestTitle), context });

const legacy = z.object({
  phrase: keyword,
  context,
  irreversible: bool.default(false),
  whole_word: bool.default(true),
  expires_in: expiresIn.optional(),
});
const legacyChange = legacy.extend({ context: context.optional() });

/** What a filter is to be and, next to it, its keywords. Throws `Invalid` in Mastodon's words. */
export function readFilter(ctx: Ctx, input: Input): { fields: FilterFields; keywords: KeywordChange[] } {
  const read = parse(draft, input);
  const { fields, keywords } = toChange(ctx, read);
  return {
    fields: { action: "warn", expiresAt: null, ...fields, title: read.title, contexts: read.context },
    keywords,
  };
}

/** The same for what exists already: what is not given stays. */
export function readFilterChange(ctx: Ctx, input: Input) {
  return toChange(ctx, parse(change, input));
}

function toChange(ctx: Ctx, read: z.output<typeof change>) {
  return {
    fields: defined({
      title: read.title,
      contexts: read.context,
      action: read.filter_action,
      expiresAt: toExpiry(ctx, read.expires_in),
    }),
    keywords: read.keywords_attributes.map(({ id, keyword, whole_word, _destroy }) => ({
      id,
      keyword,
      wholeWord: whole_word,
      removes: _destroy,
    })),
  };
}

/** A filter as apps write it that know one keyword for each. */
export function readLegacyFilter(ctx: Ctx, input: Input) {
  const read = parse(legacy, input);
  return {
    fields: {
      title: read.phrase,
      contexts: read.context,
      action: toAction(read.irreversible),
      expiresAt: toExpiry(ctx, read.expires_in) ?? null,
    },
    keyword: { keyword: read.phrase, wholeWord: read.whole_word },
  };
}

/** The same for what exists already. */
export function readLegacyChange(ctx: Ctx, input: Input) {
  const read = parse(legacyChange, input);
  return {
    fields: defined({
      title: read.phrase,
      contexts: read.context,
      action: input.irreversible === undefined ? undefined : toAction(read.irreversible),
      expiresAt: toExpiry(ctx, read.expires_in),
    }),
    keyword: {
      keyword: read.phrase,
      wholeWord: input.whole_word === undefined ? undefined : read.whole_word,
    },
  };
}

function toAction(irreversible: boolean) {
  return irreversible ? "hide" as const : "warn" as const;
}

function toExpiry(ctx: Ctx, seconds: number | null | undefined): Temporal.Instant | null | undefined {
  return typeof seconds === "number" ? ctx.now().add({ seconds }) : seconds;
}

function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
