import { type JsonObject, publicUri } from "../base/activitystreams.ts";
import type { Account } from "./account.ts";

/** What becomes of accounts, as ActivityStreams: ours to theirs. */

type Named = Pick<Account, "uri">;

/** An account is described anew. `document`: as everybody may fetch it. */
export function toUpdate({ uri }: Named, document: JsonObject): JsonObject {
  const { "@context": _, ...object } = document;
  return { type: "Update", actor: uri, to: [publicUri], cc: [`${uri}/followers`], object };
}

/** An account is gone for good. */
export function toDelete({ uri }: Named): JsonObject {
  return { id: `${uri}#delete`, type: "Delete", actor: uri, to: [publicUri], cc: [], object: uri };
}

/** An account lives on elsewhere. */
export function toMove({ uri }: Named, target: Named): JsonObject {
  return { type: "Move", actor: uri, to: [`${uri}/followers`], cc: [], object: uri, target: target.uri };
}
