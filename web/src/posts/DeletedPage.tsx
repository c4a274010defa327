import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { paths } from "../base/paths.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { TextArea } from "../ui/Field.tsx";

export interface DeletedPageProps {
  /** What the post said, as it was typed. */
  text: string;
}

/** The receipt for a deleted post. */
export function DeletedPage({ text }: DeletedPageProps) {
  const { t } = usePage();
  return (
    <>
      <PageHeader title={t.posts.deletedTitle} lead={t.posts.deletedLead} />
      <div class="form">
        {text && <TextArea name="text" label={t.posts.deletedText} value={text} rows={5} />}
        <div class="form-buttons">
          <ButtonLink href={paths.home} tone="primary">{t.nav.home}</ButtonLink>
        </div>
      </div>
    </>
  );
}
