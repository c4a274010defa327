import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions } from "../base/paths.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Gate } from "./Gate.tsx";

export interface ConfirmPageProps {
  /** Of the link that was followed. */
  token: string;
  /** Why it did not work. */
  error?: string;
}

/**
 * Where the link in a mail leads. It takes a press, because mail programs and virus scanners follow links, too.
 */
export function ConfirmPage({ token, error }: ConfirmPageProps) {
  const { t } = usePage();
  return (
    <Gate title={t.auth.confirmTitle} lead={t.auth.confirmLead}>
      {error && <Notice kind="error">{error}</Notice>}
      <Form action={actions.confirm(token)} class="form">
        <Button tone="primary" wide>{t.auth.confirmButton}</Button>
      </Form>
    </Gate>
  );
}
