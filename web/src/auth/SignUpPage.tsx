import type { FieldErrors } from "../base/field_errors.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions, paths, thenTo } from "../base/paths.ts";
import { RuleList } from "../instance/RuleList.tsx";
import { Button } from "../ui/Button.tsx";
import { Checkbox, TextArea, TextField } from "../ui/Field.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Gate } from "./Gate.tsx";

export interface SignUpPageProps {
  mode: "open" | "approval" | "closed";
  minPasswordLength: number;
  /** What was typed before the server refused it; never the password. */
  values?: { username?: string; email?: string; reason?: string };
  errors?: FieldErrors<"username" | "email" | "password" | "reason" | "agreement" | "form">;
  /** Where to go afterwards: the path of a page here, such as a consent page. */
  next?: string;
}

/** Makes an account. Sends `username`, `email`, `password`, `reason`, `agreement`, `next`. */
export function SignUpPage({ mode, minPasswordLength, values = {}, errors = {}, next }: SignUpPageProps) {
  const { t, instance } = usePage();
  if (mode === "closed") {
    return (
      <Gate title={t.auth.signUpTitle} lead={t.auth.signUpClosed}>
        <SignInInstead next={next} />
      </Gate>
    );
  }
  return (
    <Gate title={t.auth.signUpTitle} lead={t.auth.signUpLead(instance.title)}>
      {Object.keys(errors).length > 0 && <Notice kind="error">{errors.form ?? t.errors.form}</Notice>}
      <Form action={actions.signUp} class="form">
        {next && <input type="hidden" name="next" value={next} />}
        <TextField
          name="username"
          label={t.auth.username}
          hint={t.auth.usernameHint(instance.domain)}
          value={values.username}
          error={errors.username}
          autocomplete="username"
          maxlength={30}
          required
          verbatim
        />
        <TextField
          name="email"
          type="email"
          label={t.auth.email}
          hint={t.auth.emailHint}
          value={values.email}
          error={errors.email}
          autocomplete="email"
          required
          verbatim
        />
        <TextField
          name="password"
          type="password"
          label={t.auth.password}
          hint={t.auth.newPasswordHint(minPasswordLength)}
          error={errors.password}
          autocomplete="new-password"
          minlength={minPasswordLength}
          required
          verbatim
        />
        {mode === "approval" && (
          <TextArea
            name="reason"
            label={t.auth.reason}
            hint={t.auth.reasonHint}
            value={values.reason}
            error={errors.reason}
            required
          />
        )}
        {instance.rules.length > 0 && (
          <section class="gate-rules">
            <h2>{t.auth.rules}</h2>
            <RuleList rules={instance.rules} />
          </section>
        )}
        <Checkbox
          name="agreement"
          label={t.auth.agree(<a href={paths.privacy}>{t.auth.privacyPolicy}</a>)}
          error={errors.agreement}
          required
        />
        <Button tone="primary" wide>
          {mode === "approval" ? t.auth.requestButton : t.auth.signUpButton}
        </Button>
      </Form>
      <SignInInstead next={next} />
    </Gate>
  );
}

function SignInInstead({ next }: { next?: string }) {
  const { t } = usePage();
  return (
    <p class="gate-other">
      {t.auth.haveAccount} <a href={thenTo(paths.signIn, next)}>{t.nav.signIn}</a>
    </p>
  );
}
