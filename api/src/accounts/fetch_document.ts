import { acceptedTypes, isActivityType, type JsonObject } from "../base/activitystreams.ts";
import { cavageHeaders, type SigningKey } from "../base/cavage.ts";
import type { Ctx } from "../base/ctx.ts";
import { type Fetched, FetchFailed, readJson } from "../base/fetched.ts";
import { rsaSigner } from "../base/rsa.ts";
import type { Account } from "./account.ts";
import { instanceActor } from "./instance_actor.ts";
import { keysOf } from "./keys.ts";

/** Redirects that we follow: each hop is signed anew, because the signature names host and path. */
const mostHops = 5;

/** For all hops together: nobody keeps us busy for longer by sending us on slowly. */
const patience = { seconds: 10 };

/** The key with which an account signs requests, under the id that its document names. */
export async function signingKeyOf(
  ctx: Ctx,
  account: Pick<Account, "id" | "uri">,
): Promise<SigningKey> {
  const { rsaPrivate } = await keysOf(ctx, account);
  return { id: `${account.uri}#main-key`, sign: await rsaSigner(rsaPrivate) };
}

/**
 * Another server's ActivityStreams document, asked for in the name of the instance actor. What it says its id
 * is must live on the host that it came from; where it has another address than the one asked, it is asked
 * for once more under its own. Throws `FetchFailed`, whose `status` says what the other server answered.
 */
export async function fetchDocument(ctx: Ctx, uri: string): Promise<JsonObject> {
  const key = await signingKeyOf(ctx, await instanceActor(ctx));
  const asking = { key, until: ctx.now().add(patience) };
  const first = await fetchSigned(ctx, uri, asking);
  const claimed = idOf(first.document);
  requireHost(claimed, first.url); // even where it is the id that was asked for: many hosts redirect to anywhere
  if (sameUri(claimed, uri)) return first.document;
  const { document, url } = await fetchSigned(ctx, claimed, asking);
  if (!sameUri(idOf(document), claimed)) {
    throw new FetchFailed("unreadable", `${new URL(url).host} can't say what this document's id is`);
  }
  requireHost(claimed, url);
  return document;
}

async function fetchSigned(
  ctx: Ctx,
  uri: string,
  { key, until }: { key: SigningKey; until: Temporal.Instant },
): Promise<{ document: JsonObject; url: string }> {
  let url = new URL(uri);
  for (let hop = 0; hop <= mostHops; hop++) {
    const now = ctx.now();
    const timeout = Math.ceil(until.since(now).total("milliseconds"));
    if (timeout <= 0) throw new FetchFailed("timeout", `${url.host} took too long`);
    const headers = await cavageHeaders({ method: "GET", url }, key, now);
    const answer = await ctx.http.fetch(url, {
      headers: { ...headers, accept: acceptedTypes },
      redirects: 0,
      timeout,
    });
    const next = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : null;
    if (next === null) return { document: documentIn(answer), url: answer.url };
    if (!URL.canParse(next, url)) break;
    url = new URL(next, url);
  }
  throw new FetchFailed("too_many_redirects", `${url.host} sends us on and on`);
}

function documentIn(answer: Fetched): JsonObject {
  const { host } = new URL(answer.url);
  if (answer.status !== 200) {
    throw new FetchFailed("refused", `${host} answered ${answer.status}`, { status: answer.status });
  }
  if (!isActivityType(answer.headers.get("content-type"))) {
    throw new FetchFailed("unreadable", `${host} sent no ActivityStreams document`);
  }
  const document = readJson(answer);
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw new FetchFailed("unreadable", `${host} sent no JSON object`);
  }
  return document as JsonObject;
}

function idOf(document: JsonObject): string {
  const id = document.id ?? document["@id"];
  if (typeof id !== "string" || !URL.canParse(id)) {
    throw new FetchFailed("unreadable", "A document has no id");
  }
  return id;
}

function requireHost(id: string, url: string): void {
  if (new URL(id).host === new URL(url).host) return;
  throw new FetchFailed("unreadable", `${new URL(url).host} speaks for ${new URL(id).host}`);
}

/** Whether two spell the same address; a fragment names a part of the same document. */
function sameUri(a: string, b: string): boolean {
  const [one, other] = [new URL(a), new URL(b)];
  one.hash = other.hash = "";
  return one.href === other.href;
}
