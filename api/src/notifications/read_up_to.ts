import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Conflict } from "../base/errors.ts";
import { type Marker, putMarker, type Timeline } from "./marker_store.ts";

/** Where in a timeline somebody is now. */
export interface Place {
  lastReadId: string;
  /** The version of the marker that their client knows, if it minds that another client was faster. */
  known?: number;
}

/** Notes how far a member has read: all of these timelines, or none. */
export async function readUpTo(
  ctx: Ctx,
  who: Account,
  places: ReadonlyMap<Timeline, Place>,
): Promise<Map<Timeline, Marker>> {
  return await transaction(ctx, async (ctx) => {
    const markers = new Map<Timeline, Marker>();
    for (const [timeline, place] of places) {
      const marker = await putMarker(ctx.db, who.id, timeline, { ...place, at: ctx.now() });
      if (!marker) throw new Conflict("Conflict during update, please try again");
      markers.set(timeline, marker);
    }
    return markers;
  });
}
