import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions } from "../base/paths.ts";
import { Button } from "../ui/Button.tsx";
import { agoInWords } from "../base/dates.ts";
import { Section } from "./Section.tsx";

/** A browser in which somebody is signed in. */
export interface Session {
  id: string;
  /** Such as `Firefox on Linux`; undefined where the browser did not say. */
  browser?: string;
  /** ISO 8601. */
  lastSeenAt: string;
  /** The one that asks. */
  current: boolean;
}

/** Where the member is signed in, and the way to end it there. */
export function Sessions({ sessions }: { sessions: Session[] }) {
  const { t, now } = usePage();
  return (
    <Section id="sessions" title={t.settings.sessions}>
      <ul class="rows">
        {sessions.map((session) => {
          const browser = session.browser ?? t.settings.unknownBrowser;
          return (
            <li key={session.id}>
              <p class="row-words">
                <b>{browser}</b>
                <span>
                  {session.current
                    ? t.settings.thisSession
                    : t.settings.lastSeen(agoInWords(session.lastSeenAt, now, t.locale))}
                </span>
              </p>
              {!session.current && (
                <Form action={actions.endSession(session.id)} anchor="sessions">
                  <Button small label={t.settings.endSessionOf(browser)}>{t.settings.endSession}</Button>
                </Form>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
