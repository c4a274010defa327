import { renderToString } from "preact-render-to-string";
import { Layout, type LayoutProps } from "./Layout.tsx";

/** A whole page as text. */
export function renderPage(props: LayoutProps): string {
  return `<!doctype html>${renderToString(<Layout {...props} />)}`;
}
