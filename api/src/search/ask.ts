import { type Account, readHandle } from "../accounts/account.ts";
import { readActor } from "../accounts/activity.ts";
import { fetchDocument } from "../accounts/fetch_document.ts";
import { fetchAccount, resolveHandle as askForHandle } from "../accounts/remote.ts";
import type { Ctx } from "../base/ctx.ts";
import { type Limit, spend } from "../base/limits.ts";
import { fetchPost } from "../posts/remote.ts";
import { seenPost } from "../posts/seen.ts";
import { isOurs, orNothing, type Resolved, resolveHandle, resolveUrl } from "./resolve.ts";

/** How often one member may have other servers asked. */
const asking: Limit = { name: "resolving", most: 60, seconds: 300 };

/** Milliseconds after which nobody waits any longer. What comes later is there at the next search. */
const patience = 10_000;

/** The account that is called exactly so; where nobody here knows it, its own server is asked for a member. */
export async function askHandle(ctx: Ctx, member: Account, text: string): Promise<Account | undefined> {
  const known = await resolveHandle(ctx, text);
  const domain = known ? null : readHandle(text, ctx.config.handleDomain)?.domain;
  if (!domain || !await mayAsk(ctx, member)) return known;
  return await soon(orNothing(askForHandle(ctx, text)));
}

/** What an address leads to; what nobody here knows is asked for where it lives, for a member. */
export async function askUrl(ctx: Ctx, member: Account, url: URL): Promise<Resolved> {
  const known = await resolveUrl(ctx, member, url);
  if (known.account || known.postId || isOurs(ctx, url) || !await mayAsk(ctx, member)) return known;
  return await soon(orNothing(fetchThing(ctx, member, url))) ?? {};
}

async function fetchThing(ctx: Ctx, member: Account, url: URL): Promise<Resolved> {
  const document = await fetchDocument(ctx, url.href);
  const actor = readActor(document);
  if (actor) return { account: await fetchAccount(ctx, actor.uri) };
  const post = await fetchPost(ctx, String(document.id));
  return { postId: (await seenPost(ctx, member, post.id)).id };
}

async function mayAsk(ctx: Ctx, member: Account): Promise<boolean> {
  return (await spend(ctx, asking, member.id)).allowed;
}

/** Undefined where it takes too long. */
async function soon<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => timer = setTimeout(resolve, patience, undefined));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
