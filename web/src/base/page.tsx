import type { Messages } from "@riff/api/base/messages.ts";
import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { CredentialAccount, Instance } from "./entities.ts";

/** Whoever is signed in, with what the navigation tells them. */
export interface Viewer {
  account: CredentialAccount;
  unreadNotifications: number;
  followRequests: number;
}

/** What every component may know of the page that it is on. The server makes one for each request. */
export interface Page {
  t: Messages;
  /** The moment that "5m" is counted from. */
  now: Temporal.Instant;
  instance: Instance;
  /** Undefined for visitors. */
  viewer?: Viewer;
  /** The token that every form carries. */
  csrf: string;
  /** Path and query of this page: where a form leads back to. */
  path: string;
  /** One line on top: what the last form brought about. */
  notice?: Notice;
}

export interface Notice {
  kind: "success" | "error";
  text: string;
}

const PageContext = createContext<Page | undefined>(undefined);

/** Gives everything below it the page. */
export function PageProvider({ page, children }: { page: Page; children: ComponentChildren }) {
  return <PageContext.Provider value={page}>{children}</PageContext.Provider>;
}

/** The page that this component is on. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error("A component stands outside of PageProvider");
  return page;
}
