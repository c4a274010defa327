import type { JsonObject } from "../base/activitystreams.ts";
import { isNamed } from "../base/addresses.ts";
import type { Ctx } from "../base/ctx.ts";
import { FetchFailed, readJson } from "../base/fetched.ts";
import { objectsIn, several, textIn, uriIn } from "../base/loosely.ts";

/** Who a handle belongs to, as its domain says: RFC 7033, with the `self` link that the fediverse uses. */
export interface Fingered {
  username: string;
  /** The domain that handles of this server end with: not always the one that was asked. */
  domain: string;
  actorUri: string;
}

const longestAnswer = 100_000;

/** Asks `domain` whose the handle `username@domain` is. Throws `FetchFailed` where it does not say. */
export async function finger(ctx: Ctx, username: string, domain: string): Promise<Fingered> {
  const resource = `acct:${username}@${domain}`;
  const url = new URL(`${schemeOf(ctx, domain)}://${domain}/.well-known/webfinger`);
  url.searchParams.set("resource", resource);
  const answer = await ctx.http.fetch(url, {
    headers: { accept: "application/jrd+json, application/json" },
    maxBytes: longestAnswer,
  });
  if (answer.status !== 200) {
    throw new FetchFailed("refused", `${domain} answered ${answer.status}`, { status: answer.status });
  }
  const document = readJson(answer) as JsonObject | null;
  const subject = readSubject(textIn(document?.subject) ?? resource);
  const actorUri = selfIn(document);
  if (!subject || !actorUri) {
    throw new FetchFailed("unreadable", `${domain} does not say whose that handle is`);
  }
  return { ...subject, actorUri };
}

/** https, but for those whom `ALLOW_LOOPBACK` names. */
function schemeOf(ctx: Ctx, domain: string): string {
  const url = URL.parse(`http://${domain}`);
  if (url?.host !== domain) throw new FetchFailed("bad_url", "This is no domain");
  return isNamed(ctx.config.allowLoopback, url) ? "http" : "https";
}

/** `acct:alice@elsewhere.test`. Domains in the spelling that URLs have. */
function readSubject(subject: string): { username: string; domain: string } | undefined {
  const [, username, host] = subject.match(/^acct:@?([\w.-]+)@([^/?#@\s]+)$/i) ?? [];
  const domain = URL.parse(`https://${host}`)?.host;
  return username && domain ? { username, domain } : undefined;
}

/** Some servers label their actors as JSON-LD. */
function selfIn(document: JsonObject | null): string | undefined {
  const links = objectsIn(document?.links).filter((link) => several(link.rel).includes("self"));
  const link = links.find(({ type }) => /^application\/(activity\+json|ld\+json)\b/.test(textIn(type) ?? ""));
  return uriIn(link?.href);
}
