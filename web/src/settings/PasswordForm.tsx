import type { FieldErrors } from "../base/field_errors.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions } from "../base/paths.ts";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/Field.tsx";
import { Section } from "./Section.tsx";

export type PasswordErrors = FieldErrors<"current_password" | "new_password">;

export interface PasswordFormProps {
  minLength: number;
  errors?: PasswordErrors;
}

/** Changes the password. Sends `current_password`, `new_password`. */
export function PasswordForm({ minLength, errors = {} }: PasswordFormProps) {
  const { t, viewer } = usePage();
  return (
    <Section id="password" title={t.settings.password} lead={t.settings.passwordLead}>
      <Form action={actions.changePassword} class="form">
        {/* Password managers ask whose password it is. */}
        <input type="hidden" name="username" autocomplete="username" value={viewer?.account.username} />
        <TextField
          name="current_password"
          type="password"
          label={t.settings.currentPassword}
          error={errors.current_password}
          autocomplete="current-password"
          required
          verbatim
        />
        <TextField
          name="new_password"
          type="password"
          label={t.settings.newPassword}
          hint={t.auth.newPasswordHint(minLength)}
          error={errors.new_password}
          autocomplete="new-password"
          minlength={minLength}
          required
          verbatim
        />
        <div class="form-buttons">
          <Button tone="primary">{t.settings.changePassword}</Button>
        </div>
      </Form>
    </Section>
  );
}
