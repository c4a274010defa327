import type { Activity, Object as ActivityObject } from "@fedify/vocab";
import type { Ctx } from "../base/ctx.ts";
import { nothingFetched } from "../base/loosely.ts";

/**
 * Who may say what. A signature proves the activity's actor and nothing else: what they enclose of others is
 * hearsay, and is asked for where it lives.
 */

/**
 * What an activity is about, in the words of those whose it is: the enclosed copy only where it lives on the
 * actor's own host, else fetched from its origin (one request, signed by nobody's account). Of several objects
 * the first. Undefined where there is none, or where it is ours: look that up by `activity.objectId`.
 * Throws `FetchFailed` where it can't be had. Whether it is the *actor's* own is still to be proven.
 */
export async function theObject(ctx: Ctx, activity: Activity): Promise<ActivityObject | undefined> {
  if (isOurs(ctx, activity.objectId)) return undefined;
  const enclosed = await enclosedObject(activity);
  return enclosed ?? await activity.getObject() ?? undefined;
}

/** Up to `most` objects of an activity that are enclosed and live on its actor's host; nothing is fetched. */
export async function enclosedObjects(activity: Activity, most = 20): Promise<ActivityObject[]> {
  const objects: ActivityObject[] = [];
  for await (const object of activity.getObjects(nothingFetched)) {
    if (isOf(activity, object) && objects.push(object) >= most) break;
  }
  return objects;
}

/** The first of them: what an `Undo`, `Accept` or `Reject` says about an activity that need not be fetched. */
export async function enclosedObject(activity: Activity): Promise<ActivityObject | undefined> {
  return (await enclosedObjects(activity, 1))[0];
}

/** Whether it lives here. */
export function isOurs(ctx: Ctx, uri: URL | null): boolean {
  return uri !== null && uri.host === new URL(ctx.config.baseUrl).host;
}

/** What lives on the actor's host, or has no address of its own, is theirs to tell. */
function isOf(activity: Activity, object: ActivityObject): boolean {
  return object.id === null || object.id.host === activity.actorId?.host;
}
