import { type Person, request } from "./person.ts";
import { passwordOf, type World } from "./world.ts";

/** What a browser shows: the last answer, after all redirects. */
export interface Shown {
  status: number;
  headers: Headers;
  /** Where it came from: path and query. Whole where we sent the browser elsewhere, such as back to an app. */
  path: string;
  html: string;
}

/** The fields of a form by their names; null leaves one out, as an unchecked box does. */
export type Fields = Record<string, string | File | null>;

const mostRedirects = 5;

/** A browser without scripts: it keeps cookies, follows redirects, and sends the forms that a page has. */
export class Browser {
  /** What it has been given to keep, by name. */
  readonly cookies = new Map<string, string>();

  constructor(readonly base: string) {}

  open(path: string): Promise<Shown> {
    return this.#send(path, { method: "GET" });
  }

  /**
   * Presses the button of `page` that posts to `action`. The fields go as they stand on the page, but for what
   * `typed` changes. Throws where the page has no such button.
   */
  async press(page: Shown, action: string, typed: Fields = {}): Promise<Shown> {
    const form = formFor(page.html, action);
    if (form === undefined) throw new Error(`${page.path} has no form for ${action}`);
    const fields: Fields = { ...fieldsOf(form), ...typed };
    const takesFiles = form.slice(0, form.indexOf(">")).includes('enctype="multipart/form-data"');
    const body = takesFiles ? new FormData() : new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) {
      if (value !== null) body.append(name, value as string);
    }
    return await this.#send(action, { method: "POST", body });
  }

  /** Sends a request of any kind with this browser's cookies, without looking for a form. */
  async #send(path: string, init: RequestInit): Promise<Shown> {
    let [at, asked] = [path, init];
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const { status, headers, text } = await request(this.base, at, {
        ...asked,
        headers: { accept: "text/html", cookie },
      });
      this.#keep(headers);
      const location = headers.get("location");
      if (status < 300 || status > 399 || !location) return { status, headers, path: at, html: text };
      if (!location.startsWith("/")) return { status, headers, path: location, html: text };
      [at, asked] = [location, { method: "GET" }];
    }
    throw new Error(`${path} redirects without end`);
  }

  #keep(headers: Headers): void {
    for (const cookie of headers.getSetCookie()) {
      const [, name = "", value = ""] = cookie.match(/^([^=]+)=([^;]*)/) ?? [];
      if (/max-age=0/i.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

/** The browser of somebody who has just signed in, through the form for it. */
export async function signIn(world: World, person: Person): Promise<Browser> {
  const browser = new Browser(world.url);
  const { username } = person.account;
  const page = await browser.open("/auth/sign_in");
  const after = await browser.press(page, "/auth/sign_in", {
    identifier: username,
    password: passwordOf(username),
  });
  if (after.path !== "/home") throw new Error(`${username} could not sign in: ${after.path} ${after.html}`);
  return browser;
}

/** The first form that itself, or one of whose buttons, posts to `action`. */
function formFor(html: string, action: string): string | undefined {
  const forms = html.match(/<form method="post"[^]*?<\/form>/g) ?? [];
  return forms.find((form) => form.includes(`action="${action}"`));
}

/** What a form would send as it stands. Written by our own components, so it is as regular as they are. */
function fieldsOf(form: string): Fields {
  const fields: Fields = {};
  for (const [, attributes = ""] of form.matchAll(/<input ([^>]*?)\/?>/g)) {
    const name = attribute(attributes, "name");
    const type = attribute(attributes, "type");
    if (type === "file") fields[name ?? ""] = new File([], ""); // as one that was left empty
    else if (name && (type !== "checkbox" || /\bchecked\b/.test(attributes))) {
      fields[name] = attribute(attributes, "value") ?? "";
    }
  }
  for (const [, attributes = "", text = ""] of form.matchAll(/<textarea ([^>]*)>([^]*?)<\/textarea>/g)) {
    fields[attribute(attributes, "name") ?? ""] = decoded(text);
  }
  for (const [, attributes = "", options = ""] of form.matchAll(/<select ([^>]*)>([^]*?)<\/select>/g)) {
    const [chosen = ""] = options.match(/<option [^>]*\bselected\b[^>]*>/) ?? [];
    fields[attribute(attributes, "name") ?? ""] = attribute(chosen, "value") ?? "";
  }
  return fields;
}

function attribute(attributes: string, name: string): string | undefined {
  const found = attributes.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1];
  return found === undefined ? undefined : decoded(found);
}

function decoded(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}
