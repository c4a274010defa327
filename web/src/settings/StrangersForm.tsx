import type { NotificationPolicy } from "../base/entities.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions, paths } from "../base/paths.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Select } from "../ui/Field.tsx";
import { Section } from "./Section.tsx";

/** The sorts of people, in the order in which the form asks about them. */
const sorts = ["private_mentions", "not_following", "not_followers", "new_accounts", "bots"] as const;

/** What is done with notifications from people whom a member hardly knows. Sends each of the sorts. */
export function StrangersForm({ policy }: { policy: NotificationPolicy }) {
  const { t } = usePage();
  const options = (["accept", "filter", "drop"] as const)
    .map((value) => ({ value, label: t.settings.policyActions[value] }));
  return (
    <Section id="strangers" title={t.settings.strangers} lead={t.settings.strangersLead}>
      <Form action={actions.savePolicy} class="form">
        {sorts.map((sort) => (
          <Select
            key={sort}
            name={sort}
            label={t.settings.policySorts[sort]}
            value={policy[`for_${sort}`]}
            options={options}
          />
        ))}
        <div class="form-buttons">
          <Button tone="primary">{t.settings.saveStrangers}</Button>
          <ButtonLink tone="quiet" href={paths.messageRequests}>{t.notifications.keptTitle}</ButtonLink>
        </div>
      </Form>
    </Section>
  );
}
