import { agoInWords, inFull, untilInWords } from "../base/dates.ts";
import type { Poll as PollEntity } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { Ballot } from "./Ballot.tsx";
import { Results } from "./Results.tsx";

export interface PollProps {
  poll: PollEntity;
  /** Where on the page to come back to. */
  anchor: string;
  /** Without the ballot: where it is only shown. */
  quiet?: boolean;
}

/** What a post asks: a ballot for whoever may still vote, for all others what was answered. */
export function Poll({ poll, anchor, quiet }: PollProps) {
  const { t, viewer } = usePage();
  const mayVote = viewer && !poll.voted && !poll.expired && !quiet;
  return (
    <div class="poll" role="group" aria-label={t.polls.title}>
      {mayVote ? <Ballot poll={poll} anchor={anchor} /> : <Results poll={poll} />}
      <PollFacts poll={poll} />
    </div>
  );
}

/** How many took part, and until when one can. */
function PollFacts({ poll }: { poll: PollEntity }) {
  const { t, now } = usePage();
  const { voters_count: voters, votes_count: votes, expires_at: end, expired } = poll;
  const isHidden = poll.options.some((option) => option.votes_count === null);
  return (
    <ul class="poll-facts">
      <li>{voters === null ? t.polls.votes(votes) : t.polls.voters(voters)}</li>
      {end && (
        <li>
          <time datetime={end} title={t.time.utc(inFull(end, t.locale))}>
            {expired
              ? t.polls.ended(agoInWords(end, now, t.locale))
              : t.polls.ends(untilInWords(end, now, t.locale))}
          </time>
        </li>
      )}
      {isHidden && <li>{t.polls.hidden}</li>}
    </ul>
  );
}
