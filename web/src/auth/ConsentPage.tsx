import { AccountLine } from "../accounts/AccountLine.tsx";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions } from "../base/paths.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Gate } from "./Gate.tsx";

export interface ConsentPageProps {
  app: { name: string; website: string | null };
  /** What it asks for, each by its OAuth name. */
  scopes: string[];
  /** The request as it came (`client_id`, `redirect_uri`, `state`, ...): sent along with the answer. */
  request: Record<string, string>;
  /** Where the browser goes afterwards; undefined when the code is shown here. */
  returnsTo?: string;
}

/** Asks a member whether an app may act for them. Sends the request, and `decision`: `allow` or `deny`. */
export function ConsentPage({ app, scopes, request, returnsTo }: ConsentPageProps) {
  const { t, viewer } = usePage();
  return (
    <Gate title={t.auth.consentTitle(app.name)}>
      {app.website && (
        <p class="consent-site">
          <a href={app.website} rel="noreferrer nofollow">{app.website}</a>
        </p>
      )}
      {viewer && (
        <section class="consent-account">
          <h2>{t.auth.consentAs}</h2>
          <AccountLine account={viewer.account} />
        </section>
      )}
      <section>
        <h2>{t.auth.consentMay}</h2>
        <ul class="scopes">
          {scopes.map((scope) => (
            <li key={scope}>
              <Icon name="check" />
              <span>{t.scopes[scope] ?? <code>{scope}</code>}</span>
            </li>
          ))}
        </ul>
      </section>
      <Form action={actions.authorize} class="form">
        {Object.entries(request).map(([name, value]) => (
          <input key={name} type="hidden" {...{ name, value }} />
        ))}
        <div class="form-buttons form-buttons-even">
          <Button name="decision" value="deny">{t.auth.consentDeny}</Button>
          <Button tone="primary" name="decision" value="allow">{t.auth.consentAllow}</Button>
        </div>
      </Form>
      <p class="fine">
        {returnsTo && `${t.auth.consentReturn(returnsTo)} `}
        {t.auth.consentRevoke}
      </p>
    </Gate>
  );
}
