import type { Poll } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { Icon } from "../ui/Icon.tsx";

/** How often each answer was given. As long as that is hidden, only the answers. */
export function Results({ poll }: { poll: Poll }) {
  const { t } = usePage();
  // Of several answers each may be everybody's, so shares are of people; a share of no one is none.
  const whole = Math.max(1, (poll.multiple ? poll.voters_count : null) ?? poll.votes_count);
  return (
    <ul class="results">
      {poll.options.map(({ title, votes_count: votes }, index) => (
        <li key={index}>
          <span class="result-title">
            <span dir="auto">{title}</span>
            {poll.own_votes?.includes(index) && (
              <>
                <Icon name="check" />
                <span class="visually-hidden">{t.polls.ownChoice}</span>
              </>
            )}
          </span>
          {votes !== null && (
            <>
              <span class="result-share" title={t.polls.votes(votes)}>{t.percent(votes / whole)}</span>
              <svg class="result-bar" aria-hidden="true">
                <rect width={`${100 * votes / whole}%`} height="100%" rx="4" />
              </svg>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
