import type { Poll } from "../base/entities.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions } from "../base/paths.ts";
import { Button } from "../ui/Button.tsx";
import { Results } from "./Results.tsx";

/** The answers to choose from. Sends `choices[]`. How others answered waits below, folded. */
export function Ballot({ poll, anchor }: { poll: Poll; anchor: string }) {
  const { t } = usePage();
  const isOpen = poll.options.every((option) => option.votes_count !== null);
  return (
    <Form action={actions.vote(poll.id)} anchor={anchor} class="ballot">
      <fieldset>
        <legend>{poll.multiple ? t.polls.chooseSeveral : t.polls.chooseOne}</legend>
        {poll.options.map(({ title }, index) => (
          <label key={index} class="ballot-choice">
            <input
              type={poll.multiple ? "checkbox" : "radio"}
              name="choices[]"
              value={index}
              required={!poll.multiple}
            />
            <span dir="auto">{title}</span>
          </label>
        ))}
      </fieldset>
      <Button tone="plain">{t.polls.vote}</Button>
      {isOpen && (
        <details class="poll-preview">
          <summary>{t.polls.resultsSoFar}</summary>
          <Results poll={poll} />
        </details>
      )}
    </Form>
  );
}
