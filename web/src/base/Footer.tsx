import { Icon } from "../ui/Icon.tsx";
import { usePage } from "./page.tsx";
import { paths } from "./paths.ts";

/** The end of every page; on a wide screen a member has it beside the posts, with the search on top. */
export function Footer() {
  const { t, instance, viewer } = usePage();
  return (
    <footer class="foot" aria-label={t.nav.footer}>
      {viewer && <FootSearch />}
      <div class="foot-server">
        <p class="foot-title">{instance.title}</p>
        {viewer && instance.description && <p class="foot-text" dir="auto">{instance.description}</p>}
        <ul class="foot-links">
          <li>
            <a href={paths.about}>{t.nav.about}</a>
          </li>
          <li>
            <a href={paths.privacy}>{t.nav.privacy}</a>
          </li>
          <li>
            <a href={instance.source_url}>{t.nav.source}</a>
          </li>
        </ul>
        <p class="foot-licence">{t.nav.licence}</p>
      </div>
    </footer>
  );
}

function FootSearch() {
  const { t } = usePage();
  return (
    <form class="foot-search" action={paths.search} role="search">
      <label class="visually-hidden" for="foot-search">{t.search.label}</label>
      <Icon name="search" />
      <input class="input" type="search" id="foot-search" name="q" placeholder={t.search.placeholder} />
    </form>
  );
}
