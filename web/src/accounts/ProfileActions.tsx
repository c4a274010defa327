import type { Account, Relationship } from "../base/entities.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { actions, paths } from "../base/paths.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Menu, MenuButton, MenuLink } from "../ui/Menu.tsx";
import { FollowForm } from "./FollowForm.tsx";
import { nameOf } from "./names.ts";

export interface ProfileActionsProps {
  account: Account;
  relationship?: Relationship;
}

/** What one can do here: edit the profile when it is one's own, else follow, mute, block. */
export function ProfileActions({ account, relationship }: ProfileActionsProps) {
  const { t, viewer } = usePage();
  if (viewer?.account.id === account.id) {
    return (
      <div class="profile-actions">
        <ButtonLink href={paths.settings} icon="edit">{t.accounts.editProfile}</ButtonLink>
      </div>
    );
  }
  return (
    <div class="profile-actions">
      {viewer && relationship && <MoreMenu account={account} relationship={relationship} />}
      <FollowForm account={account} relationship={relationship} />
    </div>
  );
}

function MoreMenu({ account, relationship }: { account: Account; relationship: Relationship }) {
  const { t } = usePage();
  const { muting, blocking } = relationship;
  return (
    <Form action={actions.account(account.id, "mute")}>
      <Menu label={t.accounts.moreFor(nameOf(account))}>
        <MenuButton
          icon="mute"
          text={muting ? t.accounts.unmute : t.accounts.mute}
          formaction={actions.account(account.id, muting ? "unmute" : "mute")}
        />
        <MenuButton
          icon="block"
          text={blocking ? t.accounts.unblock : t.accounts.block}
          formaction={actions.account(account.id, blocking ? "unblock" : "block")}
          danger={!blocking}
        />
        {account.url && account.acct.includes("@") && (
          <MenuLink icon="out" text={t.accounts.openOriginal} href={account.url} />
        )}
      </Menu>
    </Form>
  );
}
