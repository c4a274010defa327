import type { Status, StatusEdit } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { paths } from "../base/paths.ts";
import { Time } from "../base/Time.tsx";
import { Attachments } from "../media/Attachments.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { PostBody } from "./PostBody.tsx";

export interface HistoryPageProps {
  status: Status;
  /** All versions, oldest first, as the API has them; the last is the present one. */
  edits: StatusEdit[];
}

/** How a post has changed, the newest version on top. */
export function HistoryPage({ status, edits }: HistoryPageProps) {
  const { t } = usePage();
  return (
    <>
      <PageHeader title={t.posts.historyTitle}>
        <ButtonLink href={paths.post(status)} icon="arrowStart">{t.posts.backToPost}</ButtonLink>
      </PageHeader>
      <ol class="versions" reversed>
        {edits.map((edit, index) => (
          <li key={edit.created_at} class="panel version">
            <h2>{index === 0 ? t.posts.firstVersion : t.posts.version(index + 1)}</h2>
            <p class="version-when">
              <Time at={edit.created_at} full />
            </p>
            <PostBody post={{ ...edit, language: status.language }}>
              {edit.poll && (
                <ul class="version-answers">
                  {edit.poll.options.map(({ title }) => <li key={title} dir="auto">{title}</li>)}
                </ul>
              )}
              <Attachments
                attachments={edit.media_attachments}
                hidden={edit.sensitive && !edit.spoiler_text}
              />
            </PostBody>
          </li>
        )).reverse()}
      </ol>
    </>
  );
}
