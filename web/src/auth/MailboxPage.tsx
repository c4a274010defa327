import type { FieldErrors } from "../base/field_errors.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions, paths, thenTo } from "../base/paths.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { TextField } from "../ui/Field.tsx";
import { Gate } from "./Gate.tsx";

export interface MailboxPageProps {
  /** Where the link was sent to. */
  sentTo: string;
  /** What was typed instead, where it has to be mended. */
  email?: string;
  errors?: FieldErrors<"email">;
  /** Where to go once the link was followed: the path of a page here, such as a consent page. */
  next?: string;
}

/** Somebody has signed up and must show that the address is theirs. Sends `email`, `next`. */
export function MailboxPage({ sentTo, email = sentTo, errors = {}, next }: MailboxPageProps) {
  const { t } = usePage();
  return (
    <Gate title={t.auth.mailboxTitle}>
      <p>{t.auth.mailboxLead(<b dir="ltr">{sentTo}</b>)}</p>
      <p>{t.auth.mailboxWait}</p>
      <ButtonLink href={thenTo(paths.waiting, next)} tone="primary" wide>{t.auth.mailboxDone}</ButtonLink>
      <section>
        <h2>{t.auth.mailboxOther}</h2>
        <Form action={actions.sendConfirmation} class="form">
          {next && <input type="hidden" name="next" value={next} />}
          <TextField
            name="email"
            type="email"
            label={t.auth.email}
            value={email}
            error={errors.email}
            autocomplete="email"
            required
            verbatim
          />
          <Button wide>{t.auth.mailboxButton}</Button>
        </Form>
      </section>
    </Gate>
  );
}
