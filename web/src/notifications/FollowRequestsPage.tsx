import { AccountLine } from "../accounts/AccountLine.tsx";
import type { Account } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Paging } from "../ui/Paging.tsx";
import { RequestAnswers } from "./RequestAnswers.tsx";

export interface FollowRequestsPageProps {
  accounts: Account[];
  newer?: string;
  older?: string;
}

/** Who waits for being let in. */
export function FollowRequestsPage({ accounts, newer, older }: FollowRequestsPageProps) {
  const { t } = usePage();
  return (
    <>
      <PageHeader title={t.notifications.requestsTitle} lead={t.notifications.requestsLead} />
      {accounts.length === 0 && <Empty text={t.notifications.requestsEmpty} />}
      {accounts.length > 0 && (
        <ul class="accounts">
          {accounts.map((account) => (
            <li key={account.id}>
              <AccountLine account={account} bio>
                <RequestAnswers account={account} />
              </AccountLine>
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
