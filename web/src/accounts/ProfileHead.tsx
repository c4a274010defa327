import { inMonth, onDate } from "../base/dates.ts";
import type { Account, Field, Relationship } from "../base/entities.ts";
import { Html } from "../base/Html.tsx";
import { usePage } from "../base/page.tsx";
import { paths } from "../base/paths.ts";
import { Icon } from "../ui/Icon.tsx";
import { AccountAvatar } from "./AccountAvatar.tsx";
import { AccountName } from "./AccountName.tsx";
import { fullHandle } from "./names.ts";
import { ProfileActions } from "./ProfileActions.tsx";

export interface ProfileHeadProps {
  account: Account;
  relationship?: Relationship;
}

/** Who somebody is: pictures, names, bio, rows and numbers. */
export function ProfileHead({ account, relationship }: ProfileHeadProps) {
  const { t, instance } = usePage();
  const header = account.header_static.endsWith(paths.noHeader) ? undefined : account.header_static;
  return (
    <section class="profile">
      {header
        ? (
          <img
            class="profile-header"
            src={header}
            alt={account.header_description}
            width={1500}
            height={500}
          />
        )
        : <HeaderStrings />}
      <div class="profile-top">
        <AccountAvatar account={account} size="large" />
        <ProfileActions account={account} relationship={relationship} />
      </div>
      <h1 class="profile-name">
        <AccountName account={account} />
      </h1>
      <p class="profile-handle">
        <bdi>{fullHandle(account, instance.domain)}</bdi>
        <Badges account={account} relationship={relationship} />
      </p>
      {account.note && <Html html={account.note} class="profile-note" />}
      {account.fields.length > 0 && (
        <dl class="profile-fields">
          {account.fields.map((field, index) => <FieldRow key={index} field={field} />)}
        </dl>
      )}
      <ul class="profile-numbers">
        <li>
          <b>{t.shortNumber(account.statuses_count)}</b> {t.accounts.posts(account.statuses_count)}
        </li>
        <li>
          <a href={paths.following(account)}>
            <b>{t.shortNumber(account.following_count)}</b> {t.accounts.following}
          </a>
        </li>
        <li>
          <a href={paths.followers(account)}>
            <b>{t.shortNumber(account.followers_count)}</b> {t.accounts.followers(account.followers_count)}
          </a>
        </li>
        <li class="profile-joined">
          <Icon name="calendar" /> {t.accounts.joined(inMonth(account.created_at, t.locale))}
        </li>
      </ul>
    </section>
  );
}

function Badges({ account, relationship }: ProfileHeadProps) {
  const { t } = usePage();
  return (
    <>
      {account.roles.map((role) => <span key={role.id} class="badge badge-on">{role.name}</span>)}
      {account.bot && (
        <span class="badge">
          <Icon name="robot" />
          {t.accounts.bot}
        </span>
      )}
      {account.locked && (
        <span class="profile-lock" title={t.accounts.locked}>
          <Icon name="lock" />
          <span class="visually-hidden">{t.accounts.locked}</span>
        </span>
      )}
      {relationship?.followed_by && <span class="badge badge-on">{t.accounts.followsYou}</span>}
      {relationship?.requested_by && <span class="badge badge-on">{t.accounts.wantsToFollowYou}</span>}
    </>
  );
}

function FieldRow({ field }: { field: Field }) {
  const { t } = usePage();
  return (
    <div class={field.verified_at ? "profile-field profile-field-verified" : "profile-field"}>
      <dt dir="auto">{field.name}</dt>
      <dd>
        <Html html={field.value} />
        {field.verified_at && (
          <span class="verified" title={t.accounts.verified(onDate(field.verified_at, t.locale))}>
            <Icon name="verified" />
            <span class="visually-hidden">{t.accounts.verified(onDate(field.verified_at, t.locale))}</span>
          </span>
        )}
      </dd>
    </div>
  );
}

/** What stands on top of a profile that has no picture there. */
function HeaderStrings() {
  return (
    <svg
      class="profile-header profile-strings"
      viewBox="0 0 600 160"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      <path d="M-10 36h620M-10 64c70 0 70-22 140-22s70 44 140 44 70-44 140-44 70 22 200 22M-10 92h620M-10 120c52 0 52 14 104 14s52-28 104-28 52 28 104 28 52-14 308-14" />
    </svg>
  );
}
