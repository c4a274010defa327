import type { Filter, KeywordFields } from "./filter.ts";

/** That a filter caught a post. */
export interface Match {
  filter: Filter;
  /** The words that it found; undefined where it caught the post by its id alone. */
  words?: string;
  /** Which posts of those that it names this one is or passes on. */
  postIds: string[];
}

/** What is held against filters. */
export interface Matchable {
  /** Its own id and, of a boost, that of what it passes on. */
  ids: readonly string[];
  /** All that it says. */
  text: string;
}

/** Which of these filters catch a post. Their expressions are made once, for all posts of an answer. */
export function matcher(filters: readonly Filter[]): (post: Matchable) => Match[] {
  const ready = filters.map((filter) => ({ filter, expression: expressionOf(filter.keywords) }));
  return ({ ids, text }) =>
    ready.flatMap(({ filter, expression }) => {
      const words = expression?.exec(text)?.[0];
      const postIds = ids.filter((id) => filter.posts.some(({ postId }) => postId === id));
      return words === undefined && postIds.length === 0 ? [] : [{ filter, words, postIds }];
    });
}

const wordCharacter = String.raw`[\p{L}\p{M}\p{Nd}\p{Pc}]`;
const isWordCharacter = new RegExp(`^${wordCharacter}$`, "u");

/** Finds any of them, whatever its case; undefined where there are none. */
function expressionOf(keywords: readonly KeywordFields[]): RegExp | undefined {
  if (keywords.length === 0) return undefined;
  return new RegExp(keywords.map(alternative).join("|"), "iu");
}

/** As Mastodon has it: a whole word ends where letters end, but only where the keyword itself does with one. */
function alternative({ keyword, wholeWord }: KeywordFields): string {
  const characters = [...keyword];
  const escaped = keyword.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  if (!wholeWord) return escaped;
  const before = isWordCharacter.test(characters[0] ?? "") ? `(?<!${wordCharacter})` : "";
  const after = isWordCharacter.test(characters.at(-1) ?? "") ? `(?!${wordCharacter})` : "";
  return `${before}${escaped}${after}`;
}
