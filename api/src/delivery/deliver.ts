import type { Account } from "../accounts/account.ts";
import { newId } from "../accounts/store.ts";
import { type JsonObject, withContext } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { insertDeliveries, wakeWorkers } from "./store.ts";

/** Who is to hear an activity. Whoever is named more than once hears it once. */
export interface Audience {
  /** The account whose followers are meant. */
  followersOf?: string;
  accountIds?: readonly string[];
  /** Servers' shared inboxes and the like. */
  inboxes?: readonly string[];
}

/** What people wait for goes first. */
export const lanes = { posts: 0, reactions: 1, rest: 2 } as const;
export type Lane = keyof typeof lanes;

/** Other servers take no more than 64 kB. */
export const mostBytes = 50_000;

/**
 * Sends an activity to everybody elsewhere in its audience: it is stored once, with one delivery for each
 * inbox, if there is any, and the worker does the rest. Local accounts are passed over: they hear of it by events.
 * An activity that has no id of its own gets one that was never used before.
 */
export async function deliver(
  ctx: Ctx,
  actor: Pick<Account, "id">,
  activity: JsonObject,
  audience: Audience,
  lane: Lane = "rest",
): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const id = await newId(ctx.db, ctx.now());
    const body = JSON.stringify(
      withContext({ id: `${ctx.config.baseUrl}/ap/activities/${id}`, ...activity }),
    );
    const bytes = new TextEncoder().encode(body).length;
    if (bytes > mostBytes) {
      ctx.log.error("An activity is too long to be sent", { type: activity.type, bytes });
      return;
    }
    const inboxes = await insertDeliveries(ctx.db, {
      activity: { id, actorId: actor.id, body },
      audience,
      lane: lanes[lane],
      at: ctx.now(),
    });
    if (inboxes > 0) await wakeWorkers(ctx.db);
  });
}
