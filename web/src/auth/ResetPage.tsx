import type { FieldErrors } from "../base/field_errors.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions } from "../base/paths.ts";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/Field.tsx";
import { Gate } from "./Gate.tsx";

export interface ResetPageProps {
  /** Of the link that was followed. */
  token: string;
  /** Whose password it is: password managers want to know. */
  username: string;
  minPasswordLength: number;
  errors?: FieldErrors<"password">;
}

/** Takes a new password from whoever followed the link. Sends `password`. */
export function ResetPage({ token, username, minPasswordLength, errors = {} }: ResetPageProps) {
  const { t, instance } = usePage();
  return (
    <Gate title={t.auth.resetTitle} lead={t.auth.resetLead(`@${username}@${instance.domain}`)}>
      <Form action={actions.reset(token)} class="form">
        <input type="hidden" name="username" autocomplete="username" value={username} />
        <TextField
          name="password"
          type="password"
          label={t.settings.newPassword}
          hint={t.auth.newPasswordHint(minPasswordLength)}
          error={errors.password}
          autocomplete="new-password"
          minlength={minPasswordLength}
          required
          verbatim
        />
        <Button tone="primary" wide>{t.auth.resetButton}</Button>
      </Form>
    </Gate>
  );
}
