import type { Status } from "../base/entities.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { actions, paths } from "../base/paths.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Post } from "./Post.tsx";

export interface DeletePageProps {
  status: Status;
}

/** Asks once more, and shows what is about to go. */
export function DeletePage({ status }: DeletePageProps) {
  const { t } = usePage();
  return (
    <>
      <PageHeader title={t.posts.deleteTitle} lead={t.posts.deleteLead} />
      <div class="panel quoted">
        <Post status={status} quiet />
      </div>
      <Form action={actions.post(status.id, "delete")} class="form-buttons">
        <Button tone="danger" icon="trash">{t.posts.deleteButton}</Button>
        <ButtonLink href={paths.post(status)} tone="quiet">{t.posts.cancel}</ButtonLink>
      </Form>
    </>
  );
}
