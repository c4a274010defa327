import type { FieldErrors } from "../base/field_errors.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions } from "../base/paths.ts";
import { Button } from "../ui/Button.tsx";
import { Checkbox, TextField } from "../ui/Field.tsx";
import { Section } from "./Section.tsx";

/** What a member has said about mail. */
export interface MailSettings {
  email: string;
  /** What is to take its place once a link has been followed. */
  newEmail: string | null;
  wantsDigest: boolean;
}

export interface MailSectionProps {
  mail: MailSettings;
  /** What was typed, where it has to be mended. */
  typed?: string;
  errors?: FieldErrors<"email" | "email_password">;
}

/** Where mails go. Sends `email` and `email_password`; `digest`. */
export function MailSection({ mail, typed, errors = {} }: MailSectionProps) {
  const { t } = usePage();
  return (
    <Section id="mail" title={t.settings.mail} lead={t.settings.mailLead}>
      <p>
        {t.settings.presentEmail}: <b dir="ltr">{mail.email}</b>
      </p>
      {mail.newEmail && (
        <Form action={actions.keepEmail} class="form" anchor="mail">
          <p>{t.settings.waitingEmail(<b dir="ltr">{mail.newEmail}</b>)}</p>
          <div class="form-buttons">
            <Button>{t.settings.keepEmail}</Button>
          </div>
        </Form>
      )}
      <Form action={actions.changeEmail} class="form" anchor="mail">
        <TextField
          name="email"
          type="email"
          label={t.settings.newEmail}
          value={typed}
          error={errors.email}
          autocomplete="email"
          required
          verbatim
        />
        <TextField
          name="email_password"
          type="password"
          label={t.settings.currentPassword}
          error={errors.email_password}
          autocomplete="current-password"
          required
          verbatim
        />
        <div class="form-buttons">
          <Button tone="primary">{t.settings.changeEmail}</Button>
        </div>
      </Form>
      <Form action={actions.saveDigest} class="form" anchor="mail">
        <Checkbox
          name="digest"
          label={t.settings.digest}
          hint={t.settings.digestHint}
          checked={mail.wantsDigest}
        />
        <div class="form-buttons">
          <Button>{t.settings.saveDigest}</Button>
        </div>
      </Form>
    </Section>
  );
}
