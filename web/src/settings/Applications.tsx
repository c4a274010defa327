import { agoInWords } from "../base/dates.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions } from "../base/paths.ts";
import { Button } from "../ui/Button.tsx";
import { Section } from "./Section.tsx";

/** An app that a member has let in. */
export interface Application {
  id: string;
  name: string;
  website: string | null;
  scopes: string[];
  /** ISO 8601: when the member said yes. */
  authorisedAt: string;
}

/** Which apps may use the account, and the way to stop them. */
export function Applications({ applications }: { applications: Application[] }) {
  const { t, now } = usePage();
  return (
    <Section id="applications" title={t.settings.applications} lead={t.settings.applicationsLead}>
      {applications.length === 0 && <p>{t.settings.noApplications}</p>}
      {applications.length > 0 && (
        <ul class="rows">
          {applications.map((app) => (
            <li key={app.id}>
              <p class="row-words">
                {app.website
                  ? <a href={app.website} rel="noreferrer nofollow">{app.name}</a>
                  : <b>{app.name}</b>}
                <span>
                  {t.settings.authorisedAt(agoInWords(app.authorisedAt, now, t.locale))}
                  {" · "}
                  {app.scopes.join(", ")}
                </span>
              </p>
              <Form action={actions.revokeApplication(app.id)} anchor="applications">
                <Button small label={t.settings.revokeOf(app.name)}>{t.settings.revoke}</Button>
              </Form>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
