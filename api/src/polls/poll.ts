/** What a post asks. The options never change: an edit that changes them makes another poll. */
export interface Poll {
  id: string;
  postId: string;
  authorId: string;
  options: string[];
  /** How often each option was chosen; of a poll from elsewhere, as its own server tells. */
  votesCounts: number[];
  /** How many people have voted; null where a poll's own server does not tell. */
  votersCount: number | null;
  /** Whether several options may be chosen. */
  multiple: boolean;
  /** Whether the counts of the options are told only when the poll has ended. */
  hidesTotals: boolean;
  /** Null: it never ends. */
  endsAt: Temporal.Instant | null;
}

/** How a poll stands. */
export type Tally = Pick<Poll, "votesCounts" | "votersCount">;

/** A poll that is not one yet. */
export interface PollDraft extends Pick<Poll, "options" | "multiple" | "hidesTotals" | "endsAt"> {
  /** How it stands, where another server counts. */
  tally?: Tally;
}

export function hasEnded(poll: Pick<Poll, "endsAt">, now: Temporal.Instant): boolean {
  return poll.endsAt !== null && Temporal.Instant.compare(poll.endsAt, now) <= 0;
}

/** Whether both ask the same, so that who has answered one has answered the other. */
export function isSameQuestion(one: PollDraft, other: PollDraft): boolean {
  return one.multiple === other.multiple && one.options.length === other.options.length &&
    one.options.every((option, index) => option === other.options[index]);
}
