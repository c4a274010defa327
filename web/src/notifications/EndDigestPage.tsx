import { Gate } from "../auth/Gate.tsx";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions } from "../base/paths.ts";
import { Button } from "../ui/Button.tsx";

export interface EndDigestPageProps {
  /** Of the link that was followed. */
  token: string;
  /** It was pressed: there are no more. */
  ended?: boolean;
}

/** Where the link below a weekly mail leads: no sign-in needed, but a press. */
export function EndDigestPage({ token, ended }: EndDigestPageProps) {
  const { t, instance } = usePage();
  if (ended) return <Gate title={t.digest.endedTitle} lead={t.digest.endedLead}>{null}</Gate>;
  return (
    <Gate title={t.digest.endTitle} lead={t.digest.endLead(instance.title)}>
      <Form action={actions.endDigest(token)} class="form">
        <Button tone="primary" wide>{t.digest.endButton}</Button>
      </Form>
    </Gate>
  );
}
