import type { Ctx } from "../base/ctx.ts";
import { FetchFailed } from "../base/fetched.ts";
import { meLinksIn, plainText } from "../base/html.ts";
import { webUri } from "../base/loosely.ts";
import type { Account, Field } from "./account.ts";
import { noteLinksChecked, updateFields } from "./link_store.ts";

/**
 * A profile may name a page, and the page may link back with `rel="me"` (https://microformats.org/wiki/rel-me):
 * whoever can write there is whoever can write here. Such rows are marked as verified.
 */

/** Of a page, of the time that it may take, and of the rows of a profile elsewhere: what is more counts as none. */
const maxBytes = 1_000_000;
const timeout = 8_000;
const mostLinks = 10;

/**
 * Looks at the pages that a profile names. A page that links back no more proves nothing more; one that does not
 * answer just now changes nothing. Whatever its owner changes meanwhile, counts: then this is done once more.
 */
export async function verifyLinks(ctx: Ctx, account: Account): Promise<void> {
  const links = account.fields.slice(0, mostLinks).map(linkIn);
  const proofs = await Promise.all(
    links.map((link) => link === undefined ? false : linksBack(ctx, link, account)),
  );
  const at = ctx.now().toString({ fractionalSecondDigits: 3 });
  const fields = account.fields.map((field, index) =>
    marked(field, index < mostLinks ? proofs[index] : false, at)
  );
  if (JSON.stringify(fields) !== JSON.stringify(account.fields)) {
    await updateFields(ctx.db, account.id, account.fields, fields);
  }
  await noteLinksChecked(ctx.db, account.id, links.some((link) => link) ? ctx.now() : null);
}

/** Whether a profile names any page at all. */
export function hasLinks({ fields }: Pick<Account, "fields">): boolean {
  return fields.some((field) => linkIn(field) !== undefined);
}

/** The page that a row names, where it names nothing else. */
function linkIn({ source, html }: Field): string | undefined {
  if (source !== undefined) return webUri(source.trim());
  const [, href, text] = html.trim().match(/^<a [^>]*?href="([^"]+)"[^>]*>(.*)<\/a>$/s) ?? [];
  // What people read has to be where it leads.
  return href && webUri(plainText(text ?? "")) === webUri(plainText(href))
    ? webUri(plainText(href))
    : undefined;
}

/** Undefined: it could not be found out. */
async function linksBack(ctx: Ctx, page: string, account: Account): Promise<boolean | undefined> {
  try {
    const { status, headers, body } = await ctx.http.fetch(page, {
      headers: { accept: "text/html" },
      ...{ maxBytes, timeout },
    });
    if (status >= 500 || status === 429) return undefined;
    if (status !== 200 || !/^text\/html|^application\/xhtml/i.test(headers.get("content-type") ?? "")) {
      return false;
    }
    const own = new Set([account.url, account.uri].map(comparable));
    return meLinksIn(new TextDecoder().decode(body)).some((link) => own.has(comparable(link)));
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error;
    return error.permanent ? false : undefined;
  }
}

/** Names here have no case, and a slash at the end leads nowhere else. */
function comparable(url: string): string {
  return webUri(url)?.toLowerCase().replace(/\/$/, "") ?? url;
}

function marked(field: Field, isProven: boolean | undefined, at: string): Field {
  if (isProven === undefined) return field;
  if (isProven) return field.verifiedAt ? field : { ...field, verifiedAt: at };
  const { verifiedAt: _, ...unproven } = field;
  return unproven;
}
