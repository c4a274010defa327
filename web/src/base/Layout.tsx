import type { ComponentChildren } from "preact";
import { Notice } from "../ui/Notice.tsx";
import { Footer } from "./Footer.tsx";
import { Head, type HeadProps } from "./Head.tsx";
import { Nav } from "./Nav.tsx";
import { type Page, PageProvider, usePage } from "./page.tsx";

export interface LayoutProps {
  page: Page;
  head: HeadProps;
  /** The address of the joined stylesheet, such as `/assets/riff.HASH.css`. */
  stylesheet: string;
  /** One of the `...Page` components: the whole of `<main>`. */
  children: ComponentChildren;
}

/** A whole HTML document around one page. */
export function Layout({ page, head, stylesheet, children }: LayoutProps) {
  const { t, viewer } = page;
  return (
    <PageProvider page={page}>
      <html lang={t.locale} dir={t.direction}>
        <Head {...head} stylesheet={stylesheet} />
        <body class={viewer ? "body-member" : "body-visitor"}>
          <a class="skip" href="#main">{t.nav.skip}</a>
          <div class="shell">
            <Nav />
            <main class="main" id="main" tabIndex={-1}>
              <PageNotice />
              {children}
            </main>
            <Footer />
          </div>
        </body>
      </html>
    </PageProvider>
  );
}

function PageNotice() {
  const { notice } = usePage();
  return notice ? <Notice kind={notice.kind}>{notice.text}</Notice> : null;
}
