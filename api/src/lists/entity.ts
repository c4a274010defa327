import type { List, ReplyPolicy } from "./list.ts";

/** Mastodon's `List`. */
export interface ListEntity {
  id: string;
  title: string;
  replies_policy: ReplyPolicy;
  exclusive: boolean;
}

/** A list as its owner sees it; nobody else does. */
export function toList(list: List): ListEntity {
  return { id: list.id, title: list.title, replies_policy: list.replies, exclusive: list.isExclusive };
}
