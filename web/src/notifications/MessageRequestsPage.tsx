import { AccountLine } from "../accounts/AccountLine.tsx";
import { nameOf } from "../accounts/names.ts";
import type { MessageRequest } from "../base/entities.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { actions, paths } from "../base/paths.ts";
import { Post } from "../posts/Post.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Paging } from "../ui/Paging.tsx";

export interface MessageRequestsPageProps {
  requests: MessageRequest[];
  newer?: string;
  older?: string;
}

/** Who has written to a member and was kept back, each with what they wrote last. */
export function MessageRequestsPage({ requests, newer, older }: MessageRequestsPageProps) {
  const { t } = usePage();
  return (
    <>
      <PageHeader title={t.notifications.keptTitle} lead={t.notifications.keptLead}>
        <ButtonLink small href={`${paths.settings}#strangers`}>{t.notifications.policy}</ButtonLink>
      </PageHeader>
      {requests.length === 0 && <Empty text={t.notifications.requestsEmpty} />}
      {requests.length > 0 && (
        <ul class="accounts">
          {requests.map((request) => (
            <li key={request.id}>
              <AccountLine account={request.account}>
                <Answers request={request} />
              </AccountLine>
              {request.last_status && <Post status={request.last_status} />}
            </li>
          ))}
        </ul>
      )}
      <Paging
        label={t.nav.paging}
        newer={newer ? { href: newer, text: t.nav.newer } : undefined}
        older={older ? { href: older, text: t.nav.older } : undefined}
      />
    </>
  );
}

/** Lets somebody's messages through from now on, or throws away what they have sent. */
function Answers({ request: { id, account } }: { request: MessageRequest }) {
  const { t } = usePage();
  const name = nameOf(account);
  return (
    <Form action={actions.messageRequest(id, "accept")} class="request-answers">
      <Button tone="primary" icon="check" small label={t.notifications.acceptFrom(name)}>
        {t.notifications.accept}
      </Button>
      <Button
        icon="close"
        small
        label={t.notifications.dismissFrom(name)}
        formaction={actions.messageRequest(id, "dismiss")}
      >
        {t.notifications.dismiss}
      </Button>
    </Form>
  );
}
