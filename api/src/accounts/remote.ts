import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Gone, NotFound } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { FetchFailed } from "../base/fetched.ts";
import { sameHost, webUri } from "../base/loosely.ts";
import { together } from "../base/together.ts";
import { type Account, type Field, readHandle } from "./account.ts";
import { readActor, type RemoteActor } from "./activity.ts";
import { deleteAccount } from "./delete.ts";
import { fetchDocument } from "./fetch_document.ts";
import { replaceKeys } from "./remote_key_store.ts";
import { usableKeys } from "./remote_keys.ts";
import { type KnownAccount, knownAccount, noteRefresh, upsertRemote } from "./remote_store.ts";
import { accountByHandle, newId } from "./store.ts";
import { finger } from "./webfinger.ts";

/** After this time an account is read anew, behind the scenes. */
const freshFor = { hours: 24 };

/**
 * The account of this ActivityPub id: as stored, or else fetched from its origin, checked and stored. One that
 * was not looked at for a day is read anew soon; one that is older than `maxAge`, before it is answered. Throws
 * `Gone` for a deleted one, `NotFound` for one of ours that is none, and `FetchFailed` where it can't be had.
 */
export async function fetchAccount(
  ctx: Ctx,
  uri: string | URL,
  { maxAge }: { maxAge?: Temporal.DurationLike } = {},
): Promise<Account> {
  const asked = webUri(String(uri));
  if (!asked) throw new FetchFailed("bad_url", "This is no address of an account");
  // Together from the first look on: whoever looked before it was stored would ask once more after it.
  return await together(
    ctx,
    `look for ${asked} ${JSON.stringify(maxAge)}`,
    () => lookFor(ctx, asked, maxAge),
  );
}

async function lookFor(ctx: Ctx, asked: string, maxAge?: Temporal.DurationLike): Promise<Account> {
  const known = await knownAccount(ctx.db, asked);
  if (known?.isDeleted) throw new Gone();
  if (known?.account.domain === null) return known.account;
  if (sameHost(asked, ctx.config.baseUrl)) throw new NotFound();
  if (!known || (maxAge && isOlder(ctx, known, maxAge))) return await readAnew(ctx, asked, known?.account);
  if (isOlder(ctx, known, freshFor)) await refreshSoon(ctx, known.account, freshFor);
  return known.account;
}

/**
 * The account of that name, such as `alice@elsewhere.test`: as stored, or else asked for where its domain says.
 * Throws as `fetchAccount` does.
 */
export async function resolveHandle(ctx: Ctx, text: string): Promise<Account> {
  const handle = readHandle(text, ctx.config.handleDomain);
  if (!handle) throw new NotFound();
  const known = await accountByHandle(ctx.db, handle.username, handle.domain);
  if (known) return known;
  if (handle.domain === null) throw new NotFound();
  return await fetchAccount(ctx, (await finger(ctx, handle.username, handle.domain)).actorUri);
}

/** Has an account read anew behind the scenes, unless that was done within `freshFor`. */
export async function refreshSoon(
  ctx: Ctx,
  account: Account,
  freshFor: Temporal.DurationLike,
): Promise<void> {
  const at = ctx.now();
  await transaction(ctx, async (ctx) => {
    if (!await noteRefresh(ctx.db, account.id, at, at.subtract(freshFor))) return;
    await emit(ctx, "account.stale", { accountId: account.id });
  });
}

/** Reads an account anew. Where its server does not answer, that is tried again another day. */
export async function refresh(ctx: Ctx, account: Account): Promise<void> {
  if (account.domain === null) return;
  await readAnew(ctx, account.uri, account).catch((error) => {
    if (!(error instanceof FetchFailed) && !(error instanceof Gone)) throw error;
  });
}

function isOlder(ctx: Ctx, { fetchedAt }: KnownAccount, age: Temporal.DurationLike): boolean {
  return fetchedAt === null || Temporal.Instant.compare(fetchedAt, ctx.now().subtract(age)) < 0;
}

async function readAnew(ctx: Ctx, uri: string, known: Account | undefined): Promise<Account> {
  return await together(ctx, `account ${uri}`, async () => {
    const actor = await actorAt(ctx, uri, known);
    const fields = withProofs(actor.fields, known?.fields ?? []);
    return await store(ctx, { ...actor, fields }, await domainOf(ctx, actor));
  });
}

/** A row that stays as it was stays verified. */
function withProofs(fields: Field[], before: readonly Field[]): Field[] {
  return fields.map((field) => {
    const same = before.find(({ name, html }) => name === field.name && html === field.html);
    return same?.verifiedAt ? { ...field, verifiedAt: same.verifiedAt } : field;
  });
}

/** What the origin says. Where it says that there is nobody any more, that is so here, too. */
async function actorAt(ctx: Ctx, uri: string, known: Account | undefined): Promise<RemoteActor> {
  try {
    const document = await fetchDocument(ctx, uri);
    const actor = readActor(document);
    if (actor) return actor;
    if (document.type !== "Tombstone") throw new FetchFailed("unreadable", "This is nobody's document");
  } catch (error) {
    if (!(error instanceof FetchFailed) || error.status !== 410) throw error;
  }
  if (known) await deleteAccount(ctx, known);
  throw new Gone();
}

/**
 * The domain of an actor's handle. It may be another than where the actor lives, but then that domain has to
 * say so itself; and in any case the handle leads to this actor, and not to some document that was put there.
 */
async function domainOf(ctx: Ctx, { uri, username }: RemoteActor): Promise<string> {
  const home = new URL(uri).host;
  const first = await finger(ctx, username, home);
  const confirmed = first.domain === home ? first : await finger(ctx, username, first.domain);
  const { handleDomain, baseUrl } = ctx.config;
  const isOurs = confirmed.domain === handleDomain || confirmed.domain === new URL(baseUrl).host;
  const agrees = first.actorUri === uri && confirmed.actorUri === uri && confirmed.domain === first.domain &&
    confirmed.username.toLowerCase() === username.toLowerCase();
  if (!agrees || isOurs) throw new FetchFailed("unreadable", `${home} does not stand by that account's name`);
  return confirmed.domain;
}

async function store(ctx: Ctx, actor: RemoteActor, domain: string): Promise<Account> {
  const keys = await usableKeys(actor.uri, actor.keys);
  const at = ctx.now();
  return await transaction(ctx, async (ctx) => {
    if (keys.length > 0) await replaceKeys(ctx.db, actor.uri, keys, at);
    return await upsertRemote(ctx.db, {
      actor,
      domain,
      id: await newId(ctx.db, at),
      createdAt: clamped(actor.publishedAt ?? at, at),
      fetchedAt: at,
    });
  });
}

/** Nobody came to be before 1970, or in times to come. */
function clamped(at: Temporal.Instant, now: Temporal.Instant): Temporal.Instant {
  if (at.epochMilliseconds < 0) return Temporal.Instant.fromEpochMilliseconds(0);
  return Temporal.Instant.compare(at, now) > 0 ? now : at;
}
