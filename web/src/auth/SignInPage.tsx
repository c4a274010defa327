import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions, paths, thenTo } from "../base/paths.ts";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/Field.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Gate } from "./Gate.tsx";

export interface SignInPageProps {
  /** What was typed before. */
  identifier?: string;
  /** Why it did not work: never which of the two was wrong. */
  error?: string;
  /** Where to go afterwards: the path of a page here, such as a consent page. */
  next?: string;
}

/** Lets a member in. Sends `identifier`, `password`, `next`. */
export function SignInPage({ identifier, error, next }: SignInPageProps) {
  const { t, instance } = usePage();
  return (
    <Gate title={t.auth.signInTitle} lead={t.auth.signInLead(instance.title)}>
      {error && <Notice kind="error">{error}</Notice>}
      <Form action={actions.signIn} class="form">
        {next && <input type="hidden" name="next" value={next} />}
        <TextField
          name="identifier"
          label={t.auth.identifier}
          value={identifier}
          autocomplete="username"
          required
          verbatim
        />
        <TextField
          name="password"
          type="password"
          label={t.auth.password}
          autocomplete="current-password"
          required
          verbatim
        />
        <Button tone="primary" wide>{t.auth.signInButton}</Button>
      </Form>
      <p class="gate-other">
        <a href={paths.forgot}>{t.auth.forgot}</a>
      </p>
      {instance.registrations.enabled && (
        <p class="gate-other">
          {t.auth.noAccount} <a href={thenTo(paths.signUp, next)}>{t.auth.signUpTitle}</a>
        </p>
      )}
    </Gate>
  );
}
