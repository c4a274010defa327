import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { paths } from "../base/paths.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { AccountList } from "./AccountList.tsx";
import type { FollowersPageProps } from "./FollowersPage.tsx";
import { nameOf } from "./names.ts";

export type FollowingPageProps = FollowersPageProps;

/** Whom somebody follows. */
export function FollowingPage({ account, ...list }: FollowingPageProps) {
  const { t } = usePage();
  const empty = account.hide_collections ? t.accounts.collectionsHidden : t.accounts.noFollowing;
  return (
    <>
      <PageHeader title={t.accounts.followingOf(nameOf(account))}>
        <ButtonLink href={paths.profile(account)} icon="arrowStart">{t.nav.profile}</ButtonLink>
      </PageHeader>
      <AccountList {...list} empty={empty} />
    </>
  );
}
