import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";

/** It needs nothing but the page: see the server's name and contact there. */
export type PrivacyPageProps = Record<string, never>;

/** What is kept about people, and how they take it back. */
export function PrivacyPage(_props: PrivacyPageProps) {
  const { t, instance } = usePage();
  const { email, account } = instance.contact;
  const contact = email || (account ? `@${account.acct}@${instance.domain}` : instance.domain);
  return (
    <>
      <PageHeader title={t.instance.privacyTitle} lead={t.instance.privacyLead(instance.title)} />
      <div class="prose document">
        {t.privacy(instance.title, contact).map(({ title, paragraphs }) => (
          <section key={title}>
            <h2>{title}</h2>
            {paragraphs.map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
          </section>
        ))}
      </div>
    </>
  );
}
