import type { Account } from "../accounts/account.ts";
import type { JsonObject } from "../base/activitystreams.ts";

/** Relationships as ActivityStreams: ours to theirs. */

type Named = Pick<Account, "id" | "uri">;

/** `who` would like to follow `whom`. `uri` is what this wish is called, by whomever it came from. */
export function toFollow(who: Named, whom: Named, uri: string | null): JsonObject {
  return { ...(uri && { id: uri }), type: "Follow", actor: who.uri, to: [whom.uri], object: whom.uri };
}

/** The answer to such a wish: `whom` lets them, or does not, or no longer. */
export function toAnswer(type: "Accept" | "Reject", follow: JsonObject): JsonObject {
  return { type, actor: follow.object, to: [follow.actor!], object: follow };
}

/** `who` wants nothing to do with `whom`. */
export function toBlock(who: Named, whom: Named): JsonObject {
  return { type: "Block", actor: who.uri, to: [whom.uri], object: whom.uri };
}

/** The block that is to be undone. Nobody knows its id any more; servers go by who blocked whom. */
export function toPastBlock(who: Named, whom: Named): JsonObject {
  return { id: `${who.uri}#blocks/${whom.id}`, ...toBlock(who, whom) };
}
