import type { Publication } from "../posts/draft.ts";

/** A post that is written and waits for its time. */
export interface Scheduled {
  id: string;
  accountId: string;
  dueAt: Temporal.Instant;
  publication: Publication;
}

/** So far ahead it has to be at the least, as on Mastodon: else it could be published at once. */
export const leastAhead = { minutes: 5 };

/** What waits longer than this is a draft: its author will say when. */
const yearsOfDrafts = 10;

/** Where those go that could not be published when their time came: nothing that was written is lost. */
export function someDay(now: Temporal.Instant): Temporal.Instant {
  return now.toZonedDateTimeISO("UTC").add({ years: 10 * yearsOfDrafts }).toInstant();
}

/** Whether it waits for its author instead of its time. */
export function isDraft({ dueAt }: Pick<Scheduled, "dueAt">, now: Temporal.Instant): boolean {
  const from = now.toZonedDateTimeISO("UTC").add({ years: yearsOfDrafts }).toInstant();
  return Temporal.Instant.compare(dueAt, from) >= 0;
}
