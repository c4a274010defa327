import type { CredentialAccount, NotificationPolicy } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { type Application, Applications } from "./Applications.tsx";
import { MailSection, type MailSectionProps } from "./MailSection.tsx";
import { type PasswordErrors, PasswordForm } from "./PasswordForm.tsx";
import { type ProfileErrors, ProfileForm } from "./ProfileForm.tsx";
import { type Session, Sessions } from "./Sessions.tsx";
import { StrangersForm } from "./StrangersForm.tsx";

export interface SettingsPageProps {
  maxNoteLength: number;
  minPasswordLength: number;
  sessions: Session[];
  applications: Application[];
  /** The profile as it was typed, where it has to be mended. */
  profile?: CredentialAccount;
  profileErrors?: ProfileErrors;
  passwordErrors?: PasswordErrors;
  mail: MailSectionProps;
  policy: NotificationPolicy;
}

/** Everything that a member can set. */
export function SettingsPage(props: SettingsPageProps) {
  const { t, viewer } = usePage();
  if (!viewer) return null;
  return (
    <>
      <PageHeader title={t.settings.title} />
      <nav class="jumps" aria-label={t.settings.sections}>
        <a href="#profile">{t.settings.profile}</a>
        <a href="#password">{t.settings.password}</a>
        <a href="#mail">{t.settings.mail}</a>
        <a href="#strangers">{t.settings.strangers}</a>
        <a href="#sessions">{t.settings.sessions}</a>
        <a href="#applications">{t.settings.applications}</a>
      </nav>
      <ProfileForm
        account={props.profile ?? viewer.account}
        maxNoteLength={props.maxNoteLength}
        errors={props.profileErrors}
      />
      <PasswordForm minLength={props.minPasswordLength} errors={props.passwordErrors} />
      <MailSection {...props.mail} />
      <StrangersForm policy={props.policy} />
      <Sessions sessions={props.sessions} />
      <Applications applications={props.applications} />
    </>
  );
}
