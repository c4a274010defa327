import { AccountLine } from "../accounts/AccountLine.tsx";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions, paths } from "../base/paths.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Gate } from "./Gate.tsx";

export interface AdminLinkPageProps {
  /** The one-time token of the link that was followed. */
  token: string;
  /** Where to sign up or in, and come back from. Default: the plain pages. */
  signUp?: string;
  signIn?: string;
}

/** Makes the account that is signed in an admin; without one, says how to get there. */
export function AdminLinkPage({ token, signUp = paths.signUp, signIn = paths.signIn }: AdminLinkPageProps) {
  const { t, viewer } = usePage();
  return (
    <Gate title={t.auth.adminTitle} lead={t.auth.adminLead}>
      {viewer
        ? (
          <Form action={actions.becomeAdmin(token)} class="form">
            <p>{t.auth.adminAs}</p>
            <AccountLine account={viewer.account} />
            <Button tone="primary" wide>{t.auth.adminButton}</Button>
          </Form>
        )
        : (
          <>
            <p>{t.auth.adminFirst}</p>
            <div class="form-buttons">
              <ButtonLink href={signUp} tone="primary">{t.nav.signUp}</ButtonLink>
              <ButtonLink href={signIn}>{t.nav.signIn}</ButtonLink>
            </div>
          </>
        )}
    </Gate>
  );
}
