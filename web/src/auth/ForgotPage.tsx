import type { FieldErrors } from "../base/field_errors.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions, paths } from "../base/paths.ts";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/Field.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Gate } from "./Gate.tsx";

export interface ForgotPageProps {
  email?: string;
  errors?: FieldErrors<"email">;
  /** Something was sent, or nobody has this address: which of the two is never told. */
  done?: boolean;
}

/** Asks where to send the link for a new password. Sends `email`. */
export function ForgotPage({ email, errors = {}, done }: ForgotPageProps) {
  const { t } = usePage();
  return (
    <Gate title={t.auth.forgotTitle} lead={done ? undefined : t.auth.forgotLead}>
      {done
        ? <Notice kind="success">{t.auth.forgotSent}</Notice>
        : (
          <Form action={actions.forgot} class="form">
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
            <Button tone="primary" wide>{t.auth.forgotButton}</Button>
          </Form>
        )}
      <p class="gate-other">
        <a href={paths.signIn}>{t.nav.signIn}</a>
      </p>
    </Gate>
  );
}
