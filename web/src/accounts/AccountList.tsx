import type { Account, Relationship } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Paging } from "../ui/Paging.tsx";
import { AccountLine } from "./AccountLine.tsx";
import { FollowForm } from "./FollowForm.tsx";

export interface AccountListProps {
  accounts: Account[];
  /** How the viewer stands to them, in any order; empty for visitors. */
  relationships: Relationship[];
  newer?: string;
  older?: string;
  empty: string;
}

/** People below each other, each with the button to follow them. */
export function AccountList({ accounts, relationships, newer, older, empty }: AccountListProps) {
  const { t, viewer } = usePage();
  return (
    <>
      {accounts.length === 0 && <Empty text={empty} />}
      {accounts.length > 0 && (
        <ul class="accounts">
          {accounts.map((account) => {
            const relationship = relationships.find((one) => one.id === account.id);
            return (
              <li key={account.id}>
                <AccountLine account={account} bio>
                  {viewer && viewer.account.id !== account.id && (
                    <FollowForm account={account} relationship={relationship} small />
                  )}
                </AccountLine>
              </li>
            );
          })}
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
