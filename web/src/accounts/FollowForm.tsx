import type { Account, Relationship } from "../base/entities.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { type AccountAction, actions, paths, thenTo } from "../base/paths.ts";
import { Button, ButtonLink, type Tone } from "../ui/Button.tsx";
import type { IconName } from "../ui/icons.ts";
import { nameOf } from "./names.ts";

export interface FollowFormProps {
  account: Account;
  /** Undefined: the viewer's own account, or a visitor's view. */
  relationship?: Relationship;
  small?: boolean;
}

/** The one button between two people: follow, take it back, or undo a block. */
export function FollowForm({ account, relationship, small }: FollowFormProps) {
  const { t, viewer, path } = usePage();
  if (!viewer) {
    return (
      <ButtonLink href={thenTo(paths.signIn, path)} tone="primary" icon="personAdd" small={small}>
        {t.accounts.follow}
      </ButtonLink>
    );
  }
  if (!relationship) return null;
  const { action, word, tone, icon } = offer(account, relationship);
  const text = t.accounts[word];
  return (
    <Form action={actions.account(account.id, action)}>
      <Button tone={tone} icon={icon} small={small} label={`${text} ${nameOf(account)}`}>{text}</Button>
    </Form>
  );
}

interface Offer {
  action: AccountAction;
  word: "follow" | "unfollow" | "requestFollow" | "cancelRequest" | "unblock";
  tone: Tone;
  icon?: IconName;
}

/** What the button does, as things stand. */
function offer(account: Account, relationship: Relationship): Offer {
  if (relationship.blocking) return { action: "unblock", word: "unblock", tone: "danger" };
  if (relationship.following) return { action: "unfollow", word: "unfollow", tone: "plain", icon: "check" };
  if (relationship.requested) return { action: "unfollow", word: "cancelRequest", tone: "plain" };
  return {
    action: "follow",
    word: account.locked ? "requestFollow" : "follow",
    tone: "primary",
    icon: "personAdd",
  };
}
