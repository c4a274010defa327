import { timestamp } from "../accounts/entity.ts";
import type { Filter, FilteredPost, Keyword } from "./filter.ts";
import type { Match } from "./match.ts";

/** Mastodon's `FilterKeyword`. */
export interface FilterKeywordEntity {
  id: string;
  keyword: string;
  whole_word: boolean;
}

/** Mastodon's `FilterStatus`. */
export interface FilterStatusEntity {
  id: string;
  status_id: string;
}

/** Mastodon's `Filter`, as it stands in what it caught. */
export interface FilterEntity {
  id: string;
  title: string;
  context: string[];
  expires_at: string | null;
  filter_action: string;
}

/** Mastodon's `Filter` where it is asked for itself. */
export interface WholeFilterEntity extends FilterEntity {
  keywords: FilterKeywordEntity[];
  statuses: FilterStatusEntity[];
}

/** Mastodon's `FilterResult`: that a filter caught a post, and by what. */
export interface FilterResultEntity {
  filter: FilterEntity;
  keyword_matches: string[] | null;
  status_matches: string[] | null;
}

/** Mastodon's `V1::Filter`: to apps that know no other, each keyword is a filter. */
export interface LegacyFilterEntity {
  id: string;
  phrase: string;
  context: string[];
  whole_word: boolean;
  expires_at: string | null;
  irreversible: boolean;
}

export function toFilter(filter: Filter): WholeFilterEntity {
  return {
    ...toBareFilter(filter),
    keywords: filter.keywords.map(toKeyword),
    statuses: filter.posts.map(toFilteredPost),
  };
}

function toBareFilter(filter: Filter): FilterEntity {
  return {
    id: filter.id,
    title: filter.title,
    context: filter.contexts,
    expires_at: filter.expiresAt && timestamp(filter.expiresAt),
    filter_action: filter.action,
  };
}

export function toKeyword({ id, keyword, wholeWord }: Keyword): FilterKeywordEntity {
  return { id, keyword, whole_word: wholeWord };
}

export function toFilteredPost({ id, postId }: FilteredPost): FilterStatusEntity {
  return { id, status_id: postId };
}

export function toResult({ filter, words, postIds }: Match): FilterResultEntity {
  return {
    filter: toBareFilter(filter),
    keyword_matches: words === undefined ? null : [words],
    status_matches: postIds.length === 0 ? null : postIds,
  };
}

export function toLegacyFilter(filter: Filter, { id, keyword, wholeWord }: Keyword): LegacyFilterEntity {
  return {
    id,
    phrase: keyword,
    context: filter.contexts,
    whole_word: wholeWord,
    expires_at: filter.expiresAt && timestamp(filter.expiresAt),
    irreversible: filter.action === "hide",
  };
}
