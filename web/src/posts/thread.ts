import type { Status } from "../base/entities.ts";

/** How far a reply may stand in from the edge. */
const deepest = 4;

/** How many steps each reply is away from the post that the page is about: 0 answers it directly. */
export function depths(focusedId: string, descendants: readonly Status[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { id, in_reply_to_id: parent } of descendants) {
    const above = parent === focusedId || !parent ? -1 : found.get(parent) ?? -1;
    found.set(id, Math.min(above + 1, deepest));
  }
  return found;
}
