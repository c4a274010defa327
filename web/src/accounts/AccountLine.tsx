import type { ComponentChildren } from "preact";
import type { Account } from "../base/entities.ts";
import { textOf } from "../base/Html.tsx";
import { paths } from "../base/paths.ts";
import { AccountAvatar } from "./AccountAvatar.tsx";
import { AccountName } from "./AccountName.tsx";

export interface AccountLineProps {
  account: Account;
  /** The first words of their bio below. */
  bio?: boolean;
  /** At the end of the line: a button, or a time. */
  children?: ComponentChildren;
}

/** Somebody on one line of a list. */
export function AccountLine({ account, bio = false, children }: AccountLineProps) {
  const words = bio ? textOf(account.note, 140) : "";
  return (
    <div class="account-line">
      <AccountAvatar account={account} />
      <div class="account-line-words">
        <a class="account-line-link" href={paths.profile(account)}>
          <AccountName account={account} />
          <span class="handle">
            <bdi>@{account.acct}</bdi>
          </span>
        </a>
        {words && <p class="account-line-bio" dir="auto">{words}</p>}
      </div>
      {children}
    </div>
  );
}
