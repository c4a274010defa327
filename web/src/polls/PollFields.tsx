import { spanInWords } from "../base/dates.ts";
import type { Poll } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { Checkbox, Select, TextField } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";

/** What the form sends, as the API names it. Without an answer there is no poll. */
export interface TypedPoll {
  options: string[];
  /** Seconds. When a poll is edited, undefined leaves its end as it is. */
  expires_in?: number;
  multiple: boolean;
}

export interface PollFieldsProps {
  poll?: TypedPoll;
  /** There is a poll already, which has an end. */
  isEdit?: boolean;
}

const [hour, day] = [3600, 86_400];
const durations = [300, 1800, hour, 6 * hour, 12 * hour, day, 3 * day, 7 * day, 14 * day, 30 * day];
const usualDuration = day;
const usualOptions = 4;

/** What a post asks; folded until it is wanted. Sends `poll[options][]`, `poll[expires_in]`, `poll[multiple]`. */
export function PollFields({ poll, isEdit = false }: PollFieldsProps) {
  const { t, instance } = usePage();
  const typed = poll?.options ?? [];
  const places = Array.from({ length: Math.max(usualOptions, typed.length) }, (_, index) => index);
  const chosen = isEdit ? poll?.expires_in : poll?.expires_in ?? usualDuration;
  return (
    <details class="composer-part" open={typed.some((option) => option !== "")}>
      <summary>
        <Icon name="poll" />
        <span>{t.polls.title}</span>
      </summary>
      <div class="poll-fields">
        {places.map((place) => (
          <TextField
            key={place}
            name={`poll[options][${place}]`}
            label={t.polls.answer(place + 1)}
            value={typed[place]}
            maxlength={instance.configuration.polls.max_characters_per_option}
          />
        ))}
        <Select
          name="poll[expires_in]"
          label={t.polls.duration}
          value={chosen === undefined ? "" : String(chosen)}
          options={[
            ...(isEdit ? [{ value: "", label: t.polls.sameEnd }] : []),
            ...durations.map((seconds) => ({
              value: String(seconds),
              label: spanInWords(seconds, t.locale),
            })),
          ]}
        />
        <Checkbox name="poll[multiple]" label={t.polls.multiple} checked={poll?.multiple} />
        {isEdit && <p class="field-hint">{t.polls.editHint}</p>}
      </div>
    </details>
  );
}

/** A poll as it would have been typed. */
export function asTyped(poll: Poll): TypedPoll {
  return { options: poll.options.map((option) => option.title), multiple: poll.multiple };
}
