import { Icon } from "../ui/Icon.tsx";
import type { IconName } from "../ui/icons.ts";
import { Logo } from "../ui/Logo.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { Form } from "./Form.tsx";
import { usePage, type Viewer } from "./page.tsx";
import { actions, paths } from "./paths.ts";

/** The top of every page: the name, and where one can go. */
export function Nav() {
  const { viewer, instance } = usePage();
  return (
    <header class="top">
      <a class="brand" href={viewer ? paths.home : paths.landing}>
        <Logo />
        {instance.title.toLowerCase() !== "riff" && <span class="brand-server">{instance.title}</span>}
      </a>
      {viewer ? <MemberNav viewer={viewer} /> : <VisitorNav />}
    </header>
  );
}

function VisitorNav() {
  const { t, instance } = usePage();
  return (
    <nav class="visitor-nav" aria-label={t.nav.main}>
      <ButtonLink href={paths.signIn} tone="quiet">{t.nav.signIn}</ButtonLink>
      {instance.registrations.enabled && (
        <ButtonLink href={paths.signUp} tone="primary">{t.nav.signUp}</ButtonLink>
      )}
    </nav>
  );
}

/** On a phone: five places at the bottom, the others behind "More". On a wide screen: all in one column. */
function MemberNav({ viewer }: { viewer: Viewer }) {
  const { t } = usePage();
  const { account, unreadNotifications: unread, followRequests: waiting } = viewer;
  return (
    <nav class="member-nav" aria-label={t.nav.main}>
      <ul class="nav-main">
        <NavLink href={paths.home} icon="home" text={t.nav.home} />
        <NavLink
          href={paths.notifications}
          icon="bell"
          text={t.nav.notifications}
          count={unread}
          countText={t.nav.unread(unread)}
        />
        <NavLink href={paths.local} icon="local" text={t.nav.local} />
        <NavLink href={paths.search} icon="search" text={t.nav.search} />
        <NavLink href={paths.profile(account)} icon="person" text={t.nav.profile} />
      </ul>
      <details class="nav-more">
        <summary>
          <Icon name="more" />
          <span class="visually-hidden">{t.nav.more}</span>
        </summary>
        <ul>
          <NavLink href={paths.federated} icon="globe" text={t.nav.federated} />
          <NavLink href={paths.bookmarks} icon="bookmark" text={t.nav.bookmarks} />
          <NavLink href={paths.favourites} icon="heart" text={t.nav.favourites} />
          {(account.locked || waiting > 0) && (
            <NavLink
              href={paths.followRequests}
              icon="personAdd"
              text={t.nav.followRequests}
              count={waiting}
              countText={t.nav.waiting(waiting)}
            />
          )}
          <NavLink href={paths.settings} icon="settings" text={t.nav.settings} />
          <li>
            <Form action={actions.signOut}>
              <button type="submit" class="nav-link">
                <Icon name="signOut" />
                <span>{t.nav.signOut}</span>
              </button>
            </Form>
          </li>
        </ul>
      </details>
    </nav>
  );
}

interface NavLinkProps {
  href: string;
  icon: IconName;
  text: string;
  count?: number;
  /** The count in words. */
  countText?: string;
}

function NavLink({ href, icon, text, count = 0, countText }: NavLinkProps) {
  const { t, path } = usePage();
  const here = path.split(/[?#]/)[0] === href;
  return (
    <li>
      <a class="nav-link" href={href} aria-current={here ? "page" : undefined}>
        <Icon name={icon} />
        <span class="nav-text">{text}</span>
        {count > 0 && (
          <span class="count">
            <span aria-hidden="true">{count > 99 ? "99+" : t.number(count)}</span>
            <span class="visually-hidden">{countText}</span>
          </span>
        )}
      </a>
    </li>
  );
}
