import type { Status, StatusSource } from "../base/entities.ts";
import { Form } from "../base/Form.tsx";
import { LanguageSelect } from "../base/LanguageSelect.tsx";
import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { actions, paths } from "../base/paths.ts";
import { PictureFields } from "../media/PictureFields.tsx";
import { asTyped, PollFields, type TypedPoll } from "../polls/PollFields.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { TextArea } from "../ui/Field.tsx";
import { Warning } from "./Composer.tsx";

export interface EditPageProps {
  status: Status;
  /** As it was typed, or as it was typed just now when that was refused. */
  source: StatusSource;
  /** What it asks; the same holds. */
  poll?: TypedPoll;
  error?: string;
}

/** Changes a post of one's own. Sends `status`, `spoiler_text`, `language`, `poll`, and files. */
export function EditPage({ status, source, poll, error }: EditPageProps) {
  const { t, instance } = usePage();
  return (
    <>
      <PageHeader title={t.posts.editTitle} lead={t.posts.editLead} />
      <Form action={actions.post(status.id, "edit")} class="form panel" takesFiles>
        <TextArea
          name="status"
          label={t.composer.text}
          hint={t.composer.limit(instance.configuration.statuses.max_characters)}
          value={source.text}
          error={error}
          rows={8}
        />
        <PictureFields attached={status.media_attachments} sensitive={status.sensitive} />
        <Warning text={source.spoiler_text} />
        <PollFields
          poll={poll ?? (status.poll ? asTyped(status.poll) : undefined)}
          isEdit={status.poll !== null}
        />
        <LanguageSelect name="language" label={t.composer.language} value={status.language} />
        <div class="form-buttons">
          <Button tone="primary">{t.posts.save}</Button>
          <ButtonLink href={paths.post(status)} tone="quiet">{t.posts.cancel}</ButtonLink>
        </div>
      </Form>
    </>
  );
}
