import { type KnownAccount, knownAccount } from "../accounts/remote_store.ts";
import { refreshSoon } from "../accounts/remote.ts";
import type { Call } from "../auth/access.ts";
import type { JsonObject } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import { BadRequest, Forbidden, Unauthorized } from "../base/errors.ts";
import { FetchFailed, readJson } from "../base/fetched.ts";
import { readBody } from "../base/input.ts";
import { sameHost, uriIn, webUri } from "../base/loosely.ts";
import { togetherNext } from "../base/together.ts";
import { type ActivityType, knownType } from "./activities.ts";
import { refuseIfCrowded } from "./backlog.ts";
import { insertArrival, wakeReceivers } from "./inbox_store.ts";
import { isSigned, provenSender, signedRequest } from "./verify.ts";

/** Bytes of an activity. Others send 64 kB at the most, but for long articles. */
const mostBytes = 256_000;

/**
 * Takes what another server posts to one of our inboxes: proves that it comes from the actor that it names, and
 * stores it; what it brings about happens afterwards. What would bring about nothing is forgotten at once, with
 * thanks, for whoever is refused tries again. Throws `Unauthorized`, `Forbidden`, `BadRequest` or `TooMany`.
 */
export async function receive(c: Call): Promise<void> {
  const { ctx, address } = c.var;
  if (!isSigned(c.req.raw)) throw new Unauthorized("Activities have to be signed");
  const body = await readBody(c.req.raw, mostBytes);
  const json = readActivityJson(body);
  const type = knownType(json.type);
  if (!type) return;
  const actorUri = actorOf(ctx, json);
  const activityUri = await nameOf(json, actorUri, body);
  const actor = needsKnownActor.has(type) ? await knownAccount(ctx.db, actorUri) : undefined;
  if (needsKnownActor.has(type) && !actor) return;
  const { host } = new URL(actorUri);
  refuseIfCrowded(ctx, host);
  try {
    const sender = await provenSender(ctx, signedRequest(c, body), address, actorUri);
    if (sender !== actorUri) throw new Forbidden("This was signed by somebody else");
  } catch (error) {
    if (error instanceof Unauthorized && actor && isFarewell(type, json, actorUri)) {
      return await lookFor(ctx, actor);
    }
    throw error;
  }
  const arrival = { activityUri, actorUri, host, type };
  const stored = JSON.stringify({ ...json, id: activityUri });
  if (await insertArrival(ctx.db, { ...arrival, body: stored }, ctx.now())) wake(ctx);
}

/** Nobody waits for this, and nothing depends on it: whoever is not woken looks by themselves a little later. */
function wake(ctx: Ctx): void {
  togetherNext(ctx, "wake receivers", () => wakeReceivers(ctx.db)).catch((error) => {
    ctx.log.warning("Nobody was told that something came in", { error });
  });
}

/** Of people whom we don't know there is nothing to delete or to undo, and servers tell everybody of each. */
const needsKnownActor: ReadonlySet<ActivityType> = new Set<ActivityType>(["Delete", "Undo"]);

function readActivityJson(body: Uint8Array<ArrayBuffer>): JsonObject {
  try {
    const json = readJson({ body });
    if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as JsonObject;
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error;
  }
  throw new BadRequest("This is no activity");
}

function actorOf(ctx: Ctx, json: JsonObject): string {
  const actorUri = uriIn(json.actor);
  if (!actorUri) throw new BadRequest("This activity has no actor");
  if (sameHost(actorUri, ctx.config.baseUrl)) throw new Forbidden("Nobody elsewhere speaks for people here");
  return actorUri;
}

/** The activity's id, which lives where its actor does. Small servers send some without: its digest names it then. */
async function nameOf(json: JsonObject, actorUri: string, body: Uint8Array<ArrayBuffer>): Promise<string> {
  if (json.id === undefined || json.id === null) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
    return `${actorUri.split("#")[0]}#${digest.toHex()}`;
  }
  const uri = webUri(json.id);
  if (!uri) throw new BadRequest("This activity's id is no address");
  if (!sameHost(uri, actorUri)) throw new Forbidden("This activity's id lives elsewhere than its actor");
  return uri;
}

/** Somebody says that they are no more: then their key can't be had, either. */
function isFarewell(type: ActivityType, json: JsonObject, actorUri: string): boolean {
  return type === "Delete" && uriIn(json.object) === actorUri;
}

/** Their own server knows better than any signature whether they are gone. */
async function lookFor(ctx: Ctx, actor: KnownAccount): Promise<void> {
  if (!actor.isDeleted) await refreshSoon(ctx, actor.account, { minutes: 10 });
}
