import { nameOf } from "../accounts/names.ts";
import type { Account } from "../base/entities.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions } from "../base/paths.ts";
import { Button } from "../ui/Button.tsx";

/** Lets somebody follow, or not. */
export function RequestAnswers({ account }: { account: Account }) {
  const { t } = usePage();
  const name = nameOf(account);
  return (
    <Form action={actions.followRequest(account.id, "authorize")} class="request-answers">
      <Button tone="primary" icon="check" small label={t.notifications.acceptFrom(name)}>
        {t.notifications.accept}
      </Button>
      <Button
        icon="close"
        small
        label={t.notifications.rejectFrom(name)}
        formaction={actions.followRequest(account.id, "reject")}
      >
        {t.notifications.reject}
      </Button>
    </Form>
  );
}
