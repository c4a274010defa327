import { AccountLine } from "../accounts/AccountLine.tsx";
import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { RuleList } from "./RuleList.tsx";

export interface AboutPageProps {
  /** People with an account here, and the posts that they wrote. */
  members: number;
  posts: number;
  /** Riff's own version, without any compatibility note. */
  version: string;
}

/** What this server is, who runs it, and what holds here. */
export function AboutPage({ members, posts, version }: AboutPageProps) {
  const { t, instance } = usePage();
  const { contact } = instance;
  return (
    <>
      <PageHeader title={t.instance.aboutTitle} lead={instance.domain} />
      {instance.description && <p class="about-description" dir="auto">{instance.description}</p>}
      <section aria-labelledby="rules">
        <h2 class="section-title" id="rules">{t.instance.rules}</h2>
        {instance.rules.length > 0 ? <RuleList rules={instance.rules} /> : <p>{t.instance.noRules}</p>}
      </section>
      {(contact.account || contact.email) && (
        <section aria-labelledby="contact">
          <h2 class="section-title" id="contact">{t.instance.contact}</h2>
          {contact.account && (
            <div class="panel about-contact">
              <AccountLine account={contact.account} />
            </div>
          )}
          {contact.email && (
            <p>
              {t.instance.contactMail} <a href={`mailto:${contact.email}`}>{contact.email}</a>
            </p>
          )}
        </section>
      )}
      <section aria-labelledby="numbers">
        <h2 class="section-title" id="numbers">{t.instance.numbers}</h2>
        <ul class="numbers">
          <li>
            <b>{t.number(members)}</b> {t.instance.members(members)}
          </li>
          <li>
            <b>{t.number(instance.usage.users.active_month)}</b> {t.instance.activeMonth}
          </li>
          <li>
            <b>{t.number(posts)}</b> {t.instance.posts(posts)}
          </li>
        </ul>
      </section>
      <p class="fine" id="software">{t.instance.software(<a href={instance.source_url}>riff</a>, version)}</p>
    </>
  );
}
