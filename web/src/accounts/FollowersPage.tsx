import type { Account, Relationship } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { paths } from "../base/paths.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { AccountList } from "./AccountList.tsx";
import { nameOf } from "./names.ts";

export interface FollowersPageProps {
  /** Whose followers they are. */
  account: Account;
  accounts: Account[];
  relationships: Relationship[];
  newer?: string;
  older?: string;
}

/** Who follows somebody. */
export function FollowersPage({ account, ...list }: FollowersPageProps) {
  const { t } = usePage();
  const empty = account.hide_collections ? t.accounts.collectionsHidden : t.accounts.noFollowers;
  return (
    <>
      <PageHeader title={t.accounts.followersOf(nameOf(account))}>
        <ButtonLink href={paths.profile(account)} icon="arrowStart">{t.nav.profile}</ButtonLink>
      </PageHeader>
      <AccountList {...list} empty={empty} />
    </>
  );
}
